import { httpUrl, text, type Setting, type SettingValues } from '@bff/service-kit';
import { type ClaimNames } from './claim-names.ts';

/** Which identity provider, and what it calls things; a BFF spreads these into its settings. */
export const providerSettings = {
  issuer: {
    env: 'ISSUER',
    schema: httpUrl(),
    developmentDefault: 'http://localhost:4000',
    meaning: 'issuer of the OpenID provider, exactly as it writes itself in `iss`',
  },
  tenantClaim: {
    env: 'TENANT_CLAIM',
    schema: text(),
    default: 'tid',
    meaning: 'claim that names the tenant or tenants of a user or partner',
  },
  rolesClaim: {
    env: 'ROLES_CLAIM',
    schema: text(),
    default: 'roles',
    meaning: 'claim that names the roles of a user or partner',
  },
  permissionsClaim: {
    env: 'PERMISSIONS_CLAIM',
    schema: text(),
    default: 'permissions',
    meaning: 'claim that names the permissions of a user or partner; without it there are none',
  },
} as const satisfies Record<string, Setting>;

type Values = SettingValues<typeof providerSettings>;

/** Rules between these settings; the faults. */
export function providerFaults({ issuer }: Partial<Values>, production: boolean): string[] {
  return production && issuer?.startsWith('http:') ? ['ISSUER must be https in production'] : [];
}

/** The provider as relying party and access token verifier want it. */
export function providerFrom(
  values: Values,
  production: boolean,
): { issuer: string; claimNames: ClaimNames; allowInsecure: boolean } {
  const { issuer, tenantClaim: tenants, rolesClaim: roles, permissionsClaim: permissions } = values;
  return { issuer, claimNames: { tenants, roles, permissions }, allowInsecure: !production };
}
