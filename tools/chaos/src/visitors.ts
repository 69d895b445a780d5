import { loginToMobileBff, loginToWebBff } from '@bff/demo-world';
import { type Client, type Screen } from './expected-view.ts';
import { readFacts, type Facts } from './facts.ts';
import { type Fleet } from './fleet.ts';

/** Somebody who is logged in, and what is true of them. */
export interface Visitor {
  readonly client: Client;
  readonly origin: string;
  readonly facts: Facts;
  /** What says who asks; a partner's is renewed. */
  readonly credentials: Record<string, string>;
  readonly screens: Readonly<Partial<Record<Screen, string>>>;
}

const appPaths = {
  profile: '/api/profile',
  home: '/api/home',
  orders: '/api/orders?limit=5',
  notifications: '/api/notifications?limit=5',
  preferences: '/api/preferences',
};
const partnerPaths = (user: string): Partial<Record<Screen, string>> => ({
  profile: `/v1/customers/${user}/profile`,
  customer: `/v1/customers/${user}`,
  orders: `/v1/customers/${user}/orders?limit=5`,
  preferences: `/v1/customers/${user}/preferences`,
});

/** Users of the seed; it has a hundred of each tenant. */
export const numbered = (tenant: string, from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${tenant}-user-${String(from + index).padStart(3, '0')}`);

/** Distinct users, logged in at web-bff and mobile-bff; the partners ask for the same as their customers. */
export async function welcomeVisitors(
  fleet: Fleet,
  users: Readonly<Record<string, readonly string[]>>,
): Promise<Visitor[]> {
  const visitors: Visitor[] = [];
  for (const [tenant, ids] of Object.entries(users))
    for (const user of ids) {
      const facts = await readFacts(fleet, tenant, user);
      const web = fleet.doors['web-bff'].url;
      const mobile = fleet.doors['mobile-bff'].url;
      const cookie = await loginToWebBff({ url: web, username: user });
      const bearer = await loginToMobileBff({ url: mobile, username: user });
      visitors.push(
        { client: 'web', origin: web, facts, credentials: cookie, screens: appPaths },
        { client: 'mobile', origin: mobile, facts, credentials: { ...bearer }, screens: appPaths },
        {
          client: 'partner',
          origin: fleet.doors['partner-bff'].url,
          facts,
          credentials: {},
          screens: partnerPaths(user),
        },
      );
    }
  await renewPartnerTokens(fleet, visitors);
  return visitors;
}

/** Their tokens live five minutes. @throws {Error} when the provider gives none */
export async function renewPartnerTokens(
  fleet: Pick<Fleet, 'idp'>,
  visitors: readonly Visitor[],
): Promise<void> {
  for (const [tenant, client] of Object.entries({ acme: 'acme-erp', globex: 'globex-crm' })) {
    const Authorization = await partnerToken(fleet, client);
    for (const each of visitors)
      if (each.client === 'partner' && each.facts.tenant === tenant)
        each.credentials['Authorization'] = Authorization;
  }
}

/** By client credentials (RFC 6749, section 4.4). @returns the header's value */
export async function partnerToken({ idp }: Pick<Fleet, 'idp'>, client: string): Promise<string> {
  const answer = await fetch(`${idp.url.replace('127.0.0.1', 'localhost')}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${client}:demo-secret`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    signal: AbortSignal.timeout(5_000),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`no token for ${client} (${answer.status})`);
  return `Bearer ${token}`;
}
