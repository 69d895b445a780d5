import { createHash, randomBytes } from 'node:crypto';
import { createBrowser } from '@bff/dev-idp';
import { createCookieClient } from './http-browser.ts';
import type { Realm } from '../provider/realm.ts';

/** Changes the user's own attributes through Keycloak's account console, as the user. @returns the status */
export async function changeOwnAttributes(
  { issuer }: Realm,
  username: string,
  attributes: Readonly<Record<string, readonly string[]>>,
): Promise<number> {
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = `${issuer}/account/`;
  const query = new URLSearchParams({
    ...{ client_id: 'account-console', response_type: 'code', scope: 'openid', redirect_uri: redirectUri },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  // A client that follows no redirects: the provider serves the console at its own origin, so a browser would
  // also follow the last redirect, which consumes the code.
  const browser = createCookieClient();
  const page = await browser.call('GET', `${issuer}/protocol/openid-connect/auth?${query}`);
  const action = /<form\b[^>]*\baction="([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const answer = await browser.call('POST', action, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username, password: 'demo' }).toString(),
  });
  const code = new URL(answer.headers.location ?? issuer).searchParams.get('code') ?? '';
  const tokens = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', client_id: 'account-console', redirect_uri: redirectUri },
      ...{ code, code_verifier: verifier },
    }),
  });
  const { access_token: token } = (await tokens.json()) as { readonly access_token?: string };
  if (token === undefined) throw new Error(`the account console got no token: status ${tokens.status}`);
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    Accept: 'application/json',
  };
  const own = (await (await fetch(`${issuer}/account/`, { headers })).json()) as object;
  const body = JSON.stringify({ ...own, attributes });
  return (await fetch(`${issuer}/account/`, { method: 'POST', headers, body })).status;
}

/** Replaces a password set by an administrator as its user does, and logs the user's other devices out. */
export async function setNewPassword(
  authorizationUrl: string,
  username: string,
  temporary: string,
): Promise<void> {
  const browser = createBrowser();
  const page = await browser.submit(await browser.open(authorizationUrl), { username, password: temporary });
  const [password, signsOut] = ['a new password', 'on'];
  const fields = { 'password-new': password, 'password-confirm': password, 'logout-sessions': signsOut };
  const done = await browser.submit(page, fields);
  if (done.leavesTo === undefined) throw new Error(`the new password was rejected: status ${done.status}`);
}
