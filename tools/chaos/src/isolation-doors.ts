import { loginToMobileBff, loginToWebBff } from '@bff/demo-world';
import { type Fleet } from './fleet.ts';
import { type Planted } from './planted-services.ts';
import { partnerToken } from './visitors.ts';

export type Headers = Readonly<Record<string, string>>;
/** One way in, with the credentials of both tenants. */
export interface Door {
  readonly name: 'web' | 'mobile' | 'partner';
  readonly origin: string;
  readonly as: Readonly<Record<Planted, Headers>>;
  readonly paths: readonly string[];
}
export const tenants: readonly Planted[] = ['acme', 'globex'];
export const other = { acme: 'globex', globex: 'acme' } as const;
/** One user id in both tenants, and one session for both at web-bff and mobile-bff: only the tenant tells them apart. */
export const user = 'max';
const appPaths = ['profile', 'home', 'orders?limit=5', 'orders/o1', 'notifications?limit=5', 'preferences'].map((path) => `/api/${path}`); // prettier-ignore
const partnerPaths = ['v1', 'v2'].flatMap((version) =>
  ['', '/profile', '/orders?limit=5', '/notifications?limit=5', '/preferences'].map((path) => `/${version}/customers/${user}${path}`).concat(`/${version}/orders/o1`)); // prettier-ignore

/** Everybody logged in. */
export async function doorsOf(fleet: Fleet): Promise<Record<Door['name'], Door>> {
  const { 'web-bff': web, 'mobile-bff': mobile, 'partner-bff': partner } = fleet.doors;
  const cookie = await loginToWebBff({ url: web.url, username: user, tenant: 'acme' });
  const bearer = await loginToMobileBff({ url: mobile.url, username: user });
  const chosen = (headers: Headers) => ({
    acme: { ...headers, 'X-Tenant-ID': 'acme' },
    globex: { ...headers, 'X-Tenant-ID': 'globex' },
  });
  const tokens = {
    acme: { Authorization: await partnerToken(fleet, 'acme-erp') },
    globex: { Authorization: await partnerToken(fleet, 'globex-crm') },
  };
  return {
    web: { name: 'web', origin: web.url, as: chosen(cookie), paths: appPaths },
    mobile: { name: 'mobile', origin: mobile.url, as: chosen(bearer), paths: appPaths },
    partner: { name: 'partner', origin: partner.url, as: tokens, paths: partnerPaths },
  };
}
