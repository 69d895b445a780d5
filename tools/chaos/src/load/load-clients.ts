import { loginToMobileBff, loginToWebBff } from '@bff/demo-world';
import type { Client, Facts, ProductTenant } from '../broken-product.ts';
import { readFacts } from '../oracle/facts.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { product } from '../product.ts';

/** A logged-in client with the expected data of its user. */
export interface LoadClient {
  readonly client: Client;
  readonly origin: string;
  readonly facts: Facts;
  /** Header fields that authenticate the client; {@link renewPartnerTokens} changes those of a partner. */
  readonly credentials: Record<string, string>;
  /** Paths by the name of the screen. */
  readonly screens: Readonly<Record<string, string>>;
}

/** Returns `count` users of each tenant, by tenant. */
export const usersOfEach = (count: number): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(product.tenants.map(({ id, users }) => [id, users(1, count)]));

/** Logs distinct users in at web-bff and mobile-bff; the partners read the data of the same users. */
export async function logInClients(
  fleet: Fleet,
  users: Readonly<Record<string, readonly string[]>>,
): Promise<LoadClient[]> {
  const visitors: LoadClient[] = [];
  for (const [tenant, ids] of Object.entries(users))
    for (const user of ids) {
      const facts = await readFacts(fleet, tenant, user);
      const web = fleet.doors['web-bff'].url;
      const mobile = fleet.doors['mobile-bff'].url;
      const cookie = await loginToWebBff({ url: web, username: user });
      const bearer = await loginToMobileBff({ url: mobile, username: user });
      visitors.push(
        { client: 'web', origin: web, facts, credentials: cookie, screens: product.screensOf('web', user) },
        {
          client: 'mobile',
          origin: mobile,
          facts,
          credentials: { ...bearer },
          screens: product.screensOf('mobile', user),
        },
        {
          client: 'partner',
          origin: fleet.doors['partner-bff'].url,
          facts,
          credentials: {},
          screens: product.screensOf('partner', user),
        },
      );
    }
  await renewPartnerTokens(fleet, visitors);
  return visitors;
}

/**
 * Renews the partners' tokens, which expire after five minutes. @throws {Error} when the provider issues none
 */
export async function renewPartnerTokens(
  fleet: Pick<Fleet, 'idp'>,
  visitors: readonly LoadClient[],
): Promise<void> {
  for (const tenant of product.tenants) {
    const Authorization = await partnerToken(fleet, tenant);
    for (const each of visitors)
      if (each.client === 'partner' && each.facts.tenant === tenant.id)
        each.credentials['Authorization'] = Authorization;
  }
}

/**
 * Gets a token by client credentials (RFC 6749, section 4.4). @returns the value of the Authorization header
 */
export async function partnerToken({ idp }: Pick<Fleet, 'idp'>, { partner }: ProductTenant): Promise<string> {
  const { clientId, clientSecret } = partner;
  const answer = await fetch(`${idp.url.replace('127.0.0.1', 'localhost')}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    signal: AbortSignal.timeout(5_000),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`${clientId} got no token (status ${answer.status})`);
  return `Bearer ${token}`;
}
