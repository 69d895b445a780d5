import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { loginThroughForm } from '@bff/dev-idp';

/**
 * Header fields with which a script calls `/api` as a user; includes `X-Tenant-ID` when a tenant was given.
 */
export type WebBffHeaders = { readonly Cookie: string; readonly 'X-CSRF': '1' };

/**
 * Logs a demo user in as a browser does, through the form of the identity provider.
 * @param options.url where web-bff listens; the callback goes to its PUBLIC_URL
 * @param options.password default `demo`
 * @param options.tenant sent as `X-Tenant-ID`, for a user of several tenants
 * @throws {Error} when the login creates no session
 */
export async function loginToWebBff(options: {
  readonly url: string;
  readonly username: string;
  readonly password?: string;
  readonly tenant?: string;
}): Promise<WebBffHeaders> {
  const { url, username, password = 'demo', tenant } = options;
  const begun = await navigate(`${url}/auth/login?return_to=/`);
  const callback = await loginThroughForm({ authorizationUrl: begun.location, username, password });
  const { cookies } = await navigate(callback, begun.cookies.join('; '));
  const session = cookies.find((cookie) => /^__Host-[a-z\d]+=./.test(cookie));
  if (session === undefined) throw new Error(`web-bff at ${url} created no session for ${username}`);
  return { Cookie: session, 'X-CSRF': '1', ...(tenant !== undefined && { 'X-Tenant-ID': tenant }) };
}

/**
 * Requests a page like a browser. Does not use `fetch`, because web-bff rejects its `Sec-Fetch-Mode: cors` at
 * the login.
 */
async function navigate(url: string, cookie = '') {
  const [answer] = (await once(get(url, { headers: { Cookie: cookie } }), 'response')) as [IncomingMessage];
  answer.resume();
  const { location, 'set-cookie': set = [] } = answer.headers;
  if (location === undefined) throw new Error(`${new URL(url).pathname} answered ${answer.statusCode}`);
  return { location, cookies: set.map((cookie) => cookie.split(';', 1)[0] ?? '') };
}
