import { loginToMobileBff, loginToWebBff } from '@bff/demo-world';
import type { HttpClient } from '../broken-product.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { product } from '../product.ts';
import { partnerToken } from '../load/tokens.ts';

export type Headers = Readonly<Record<string, string>>;
/** One BFF, with the credentials of both tenants. */
export interface BffAccess {
  readonly name: HttpClient;
  readonly origin: string;
  /** Header fields with credentials, by tenant. */
  readonly as: Readonly<Record<string, Headers>>;
  readonly paths: readonly string[];
}
const [first, second] = product.tenants;
export const tenants: readonly string[] = [first.id, second.id];
export const otherThan = (tenant: string): string => (tenant === first.id ? second.id : first.id);

/**
 * Logs in with one user id in both tenants. At web-bff and mobile-bff one session covers both, so that only
 * the tenant header distinguishes them.
 */
export async function logInToEveryBff(fleet: Fleet): Promise<Record<BffAccess['name'], BffAccess>> {
  const { user, pathsOf } = product.isolation;
  const { 'web-bff': web, 'mobile-bff': mobile, 'partner-bff': partner } = fleet.doors;
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
    partner: { name: 'partner', origin: partner.url, as: tokens, paths: pathsOf('partner') },
  };
}
