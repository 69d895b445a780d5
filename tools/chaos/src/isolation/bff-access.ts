import { loginToMobileBff, loginToWebBff } from '@bff/demo-world';
import type { Client } from '../broken-product.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { product } from '../product.ts';
import { authorizeAgent } from '../load/agent-client.ts';
import { partnerToken } from '../load/tokens.ts';

export type Headers = Readonly<Record<string, string>>;
/** One BFF, with the credentials of both tenants. */
export interface BffAccess<Name extends Client = Client> {
  readonly name: Name;
  readonly origin: string;
  /** Header fields with credentials, by tenant. */
  readonly as: Readonly<Record<string, Headers>>;
  /** Paths of the screens; agents have none, because they call tools. */
  readonly paths: readonly string[];
}
const [first, second] = product.tenants;
export const tenants: readonly string[] = [first.id, second.id];
export const otherThan = (tenant: string): string => (tenant === first.id ? second.id : first.id);

/**
 * Logs in with one user id in both tenants. At web-bff, mobile-bff and agent-bff one session or token covers both,
 * so that only the tenant header distinguishes them.
 */
export async function logInToEveryBff(fleet: Fleet): Promise<{ readonly [Name in Client]: BffAccess<Name> }> {
  const { user, pathsOf } = product.isolation;
  const { 'web-bff': web, 'mobile-bff': mobile, 'partner-bff': partner, 'agent-bff': agent } = fleet.doors;
  const cookie = await loginToWebBff({ url: web.url, username: user, tenant: first.id });
  const bearer = await loginToMobileBff({ url: mobile.url, username: user });
  const chosen = (headers: Headers) =>
    Object.fromEntries(tenants.map((id) => [id, { ...headers, 'X-Tenant-ID': id }]));
  const tokens = {
    [first.id]: { Authorization: await partnerToken(fleet.idp, first) },
    [second.id]: { Authorization: await partnerToken(fleet.idp, second) },
  };
  return {
    web: { name: 'web', origin: web.url, as: chosen(cookie), paths: pathsOf('web') },
    mobile: { name: 'mobile', origin: mobile.url, as: chosen(bearer), paths: pathsOf('mobile') },
    agent: { name: 'agent', origin: agent.url, as: chosen(await authorizeAgent(fleet, user)), paths: [] },
    partner: { name: 'partner', origin: partner.url, as: tokens, paths: pathsOf('partner') },
  };
}
