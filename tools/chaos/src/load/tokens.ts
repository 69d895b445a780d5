import type { ProductTenant } from '../broken-product.ts';
import type { Fleet } from '../fleet/fleet.ts';

type Provider = Pick<Fleet['idp'], 'url'>;

/**
 * Gets a token by client credentials (RFC 6749, section 4.4). @returns the value of the Authorization header
 */
export async function partnerToken(idp: Provider, { partner }: ProductTenant): Promise<string> {
  const { clientId, clientSecret } = partner;
  return tokenAt(idp, '/token', clientId, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
}

/**
 * Gets the access token of an agent that acts for a user. The development provider issues it without the
 * login form. @returns the value of the Authorization header
 */
export async function agentToken(
  idp: Provider,
  { user, audience, scope }: { readonly user: string; readonly audience: string; readonly scope: string },
): Promise<string> {
  return tokenAt(idp, `/dev/token?${new URLSearchParams({ user, audience, scope })}`, user);
}

async function tokenAt(idp: Provider, path: string, who: string, init: RequestInit = {}): Promise<string> {
  const url = idp.url.replace('127.0.0.1', 'localhost') + path;
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(5_000) });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`${who} got no token (status ${answer.status})`);
  return `Bearer ${token}`;
}
