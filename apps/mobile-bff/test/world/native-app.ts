import { createHash, randomBytes } from 'node:crypto';
import { createBrowser, loginThroughForm, type Browser } from '@bff/dev-idp';
import { settings } from '../../src/config.ts';
import { anyScreen } from '../any-screen.ts';

/** A parameter that is undefined is omitted; a list repeats the parameter. */
export type Changes = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Query of the logout page of the provider: this app is the client, and the address is registered for it. */
export const logoutQuery = new URLSearchParams({
  client_id: 'mobile-bff',
  post_logout_redirect_uri: `${settings.publicUrl.developmentDefault}/`,
}).toString();
export const redirectUri = 'http://127.0.0.1:49200/callback';
export const verifier = randomBytes(32).toString('base64url');
export const challengeOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

export function parameters(values: Changes): URLSearchParams {
  const made = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    for (const each of value === undefined ? [] : [value].flat()) made.append(name, each);
  return made;
}

/** Returns the authorization URL that a native app opens in the browser. */
export function authorizeUrl(origin: string, changes: Changes = {}): string {
  const query = parameters({
    response_type: 'code',
    client_id: 'demo-app',
    redirect_uri: redirectUri,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    state: 'the-state-of-the-app',
    ...changes,
  });
  return `${origin}/oauth/authorize?${query}`;
}

/** Starts a login; returns the URL at the provider. */
export async function beginLogin(origin: string, browser: Browser, changes?: Changes): Promise<string> {
  const { leavesTo, status } = await browser.open(authorizeUrl(origin, changes));
  if (leavesTo === undefined) throw new Error(`authorize answered ${status}`);
  return leavesTo;
}

/** Logs in at the provider; returns the callback URL. */
export const signIn = (authorizationUrl: string, browser: Browser, username = 'alice'): Promise<string> =>
  loginThroughForm({ authorizationUrl, username, password: 'demo', browser });

/** Logs in completely; returns the URL at which the browser is redirected to the app. */
export async function toApp(
  origin: string,
  { browser = createBrowser(), username = 'alice', changes = {} as Changes } = {},
): Promise<URL> {
  const callback = await signIn(await beginLogin(origin, browser, changes), browser, username);
  const { leavesTo, status } = await browser.open(callback);
  if (leavesTo === undefined) throw new Error(`the callback answered ${status}`);
  return new URL(leavesTo);
}

export const codeFor = async (origin: string, username = 'alice'): Promise<string> =>
  (await toApp(origin, { username })).searchParams.get('code')!;

export interface Answer {
  readonly status: number;
  readonly body: Record<string, string>;
  readonly headers: Headers;
}

/** Sends a form. The body of the result is `{}` if the response has none. */
export async function post(
  url: string,
  form: Changes,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body: parameters(form), headers });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text || '{}'), headers: response.headers };
}

export const redeem = (origin: string, code: string, changes: Changes = {}): Promise<Answer> =>
  post(`${origin}/oauth/token`, {
    grant_type: 'authorization_code',
    client_id: 'demo-app',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    code,
    ...changes,
  });

/** Calls the API with a token; returns the status. */
export async function callApi(origin: string, token: string): Promise<number> {
  const response = await fetch(`${origin}${anyScreen}`, { headers: { Authorization: `Bearer ${token}` } });
  await response.body?.cancel();
  return response.status;
}
