import { createBrowser, loginThroughForm, type Browser } from '@bff/dev-idp';
import { createCookieClient, type Answer } from './http-browser.ts';

/** Whether a client is still logged in; `unknown` while the BFF cannot determine it. */
export type Presence = 'in' | 'out' | 'unknown';

/**
 * A user of web-bff: a browser with the session cookie, and a page that confirms the session when required.
 */
export interface WebUser {
  /** Uses the session, and confirms it when required, as the typed client does. */
  look(): Promise<Presence>;
  /** Uses the session at another replica, and does not confirm it, even if the answer requires that. */
  lookAt(origin: string): Promise<Presence>;
  revalidate(): Promise<Answer>;
  /** Ends the session of an agent in the user's session list. @returns the status */
  endAgent(clientId: string): Promise<number>;
  /**
   * Ends the session at web-bff only. @returns the address at which the browser ends its session at the
   * provider
   */
  logoutHere(): Promise<string>;
  /** Ends the session at web-bff, and then at the provider. */
  logout(): Promise<void>;
  readonly browser: Browser;
}

interface ListedSession {
  readonly id: string;
  readonly kind: string;
  readonly client_id?: string;
}

const ours = { 'X-CSRF': '1' };

export interface WebLogin {
  readonly origin: string;
  readonly username: string;
  /** Browser that holds the session at the provider. Default: a new one. */
  readonly browser?: Browser;
}

/**
 * Logs in through Keycloak's form. @throws {Error} with the answer of the BFF when the login creates no
 * session
 */
export async function logInToWeb({
  origin,
  username,
  browser = createBrowser(),
}: WebLogin): Promise<WebUser> {
  const client = createCookieClient();
  const begun = await client.call('GET', `${origin}/auth/login?return_to=/auth/session`);
  const authorizationUrl = begun.headers.location;
  if (authorizationUrl === undefined) throw new Error(`login: ${begun.status} ${begun.body}`);
  const callback = await loginThroughForm({ authorizationUrl, username, password: 'demo', browser });
  const landed = await client.call('GET', callback);
  if (landed.status >= 400 || landed.headers.location === undefined)
    throw new Error(`callback: ${landed.status} ${landed.body}`);
  const post = (path: string) => client.call('POST', `${origin}${path}`, { headers: ours });

  async function logoutHere(): Promise<string> {
    const { body } = await post('/auth/logout');
    return (JSON.parse(body) as { readonly end_session_url: string }).end_session_url;
  }

  return {
    browser,
    logoutHere,
    revalidate: () => post('/auth/revalidate'),
    async endAgent(clientId) {
      const { body } = await client.call('GET', `${origin}/auth/sessions`);
      const sessions = JSON.parse(body) as readonly ListedSession[];
      const agent = sessions.find((each) => each.kind === 'agent' && each.client_id === clientId);
      if (!agent) throw new Error(`the session list has no agent ${clientId}: ${body}`);
      const { status } = await client.call('DELETE', `${origin}/auth/sessions/${agent.id}`, {
        headers: ours,
      });
      return status;
    },
    async look() {
      const { status, headers } = await client.call('GET', `${origin}/auth/session`);
      if (status === 200) return 'in';
      if (status !== 401) return 'unknown';
      if (headers['bff-session'] === undefined) return 'out';
      const confirmed = await post('/auth/revalidate');
      return confirmed.status === 204 ? 'in' : confirmed.status === 401 ? 'out' : 'unknown';
    },
    async lookAt(other) {
      const { status } = await client.call('GET', `${other}/auth/session`);
      return status === 200 ? 'in' : status === 401 ? 'out' : 'unknown';
    },
    async logout() {
      const page = await browser.open(await logoutHere());
      // Without an `id_token_hint` the provider asks for a confirmation.
      if (page.leavesTo === undefined) await browser.submit(page);
    },
  };
}
