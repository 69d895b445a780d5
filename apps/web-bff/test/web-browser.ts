import { createBrowser, loginThroughForm, type Browser } from '@bff/dev-idp';
import request, { type Response } from 'supertest';

type Headers = Readonly<Record<string, string>>;

/** A browser on a page of the app: stores cookies of web-bff, and uses another browser at the provider. */
export interface WebBrowser {
  readonly atProvider: Browser;
  /** Cookies by name, oldest first. */
  readonly jar: Map<string, string>;
  /** The `Cookie` header field for its cookies. */
  readonly cookie: string;
  readonly handle: string | undefined;
  /** Names of the cookies of pending logins. */
  readonly logins: readonly string[];
  /** Navigates as a link or the address bar does, without custom header fields. Does not follow redirects. */
  navigate(address: string, headers?: Headers): Promise<Response>;
  /** Calls as a script of the page does. */
  call(method: 'get' | 'post' | 'delete', path: string, headers?: Headers): Promise<Response>;
  /** Opens `/auth/login`; returns the URL at the provider. */
  begin(query?: string): Promise<string>;
  /** Logs in at the provider; returns the URL of the callback. */
  signIn(authorizationUrl: string, username?: string): Promise<string>;
  /** Logs in completely; returns the answer of the callback. */
  login(username?: string, query?: string): Promise<Response>;
}

export function createWebBrowser(url: string, atProvider = createBrowser()): WebBrowser {
  const jar = new Map<string, string>();

  function keep(answer: Response): Response {
    for (const line of setCookies(answer)) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.delete(name);
      if (!/Expires=Thu, 01 Jan 1970/.test(line)) jar.set(name, value);
    }
    return answer;
  }

  /** An explicit `Cookie` replaces the stored ones. */
  const withCookie = (headers: Headers = {}): Record<string, string> =>
    jar.size > 0 ? { Cookie: browser.cookie, ...headers } : { ...headers };

  const browser: WebBrowser = {
    atProvider,
    jar,
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    get handle() {
      return jar.get('__Host-bff');
    },
    get logins() {
      return [...jar.keys()].filter((name) => name.startsWith('__Host-bff-login-'));
    },
    async navigate(address, headers) {
      const { pathname, search } = new URL(address, url);
      return keep(
        await request(url)
          .get(pathname + search)
          .set(withCookie(headers)),
      );
    },
    async call(method, path, headers) {
      return keep(await request(url)[method](path).set('X-CSRF', '1').set(withCookie(headers)));
    },
    async begin(query = 'return_to=/') {
      const { headers } = await browser.navigate(`/auth/login?${query}`, { 'Sec-Fetch-Mode': 'navigate' });
      return headers['location'] ?? '';
    },
    signIn: (authorizationUrl, username = 'alice') =>
      loginThroughForm({ authorizationUrl, username, password: 'demo', browser: atProvider }),
    login: async (username, query) =>
      browser.navigate(await browser.signIn(await browser.begin(query), username)),
  };
  return browser;
}

/** Returns the `Set-Cookie` fields of an answer. */
export const setCookies = ({ headers }: Response): readonly string[] =>
  ((headers as Readonly<Record<string, unknown>>)['set-cookie'] as readonly string[] | undefined) ?? [];
