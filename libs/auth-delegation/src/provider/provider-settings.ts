import { readFileSync } from 'node:fs';
import { httpUrl, integer, list, text, type Setting, type SettingValues } from '@bff/service-kit';
import type { ClaimNames } from './claim-names.ts';

/** Settings of the identity provider and its claims; a BFF adds these to its own. */
export const providerSettings = {
  issuer: {
    env: 'ISSUER',
    schema: httpUrl(),
    developmentDefault: 'http://localhost:4000',
    meaning: 'issuer of the OpenID provider, exactly as in `iss` of its tokens',
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
  subjectClaim: {
    env: 'SUBJECT_CLAIM',
    schema: text(),
    default: 'sub',
    meaning: 'claim that names a user or partner to the services',
  },
  roleMap: {
    env: 'ROLE_MAP',
    schema: list().refine(
      (pairs) => pairs.every((pair) => /^[^=]+=[^=]+$/.test(pair)),
      'must be pairs group=role, comma separated',
    ),
    default: [],
    meaning:
      'groups or roles of the provider and the roles that they map to, `group=role`, comma separated; others are dropped; unset: all are kept unchanged',
  },
  trustedAudiences: {
    env: 'TRUSTED_AUDIENCES',
    schema: list(),
    default: [],
    meaning: 'further clients that `aud` of ID and logout tokens may contain, comma separated',
  },
  maxTokenBytes: {
    env: 'MAX_TOKEN_BYTES',
    schema: integer(1_024, 131_072),
    default: 16_384,
    meaning: 'maximum size of a token of the provider, in bytes',
  },
  providerUrl: {
    env: 'PROVIDER_URL',
    schema: httpUrl(),
    optional: true,
    meaning:
      'origin under which this service reaches the provider, if it is not the origin of ISSUER; tokens and browsers use ISSUER in any case',
  },
  providerCaFile: {
    env: 'PROVIDER_CA_FILE',
    schema: text(),
    optional: true,
    file: 'certificates',
    meaning: 'PEM file of the authorities of the provider; unset: those of the system',
  },
} as const satisfies Record<string, Setting>;

type Values = SettingValues<typeof providerSettings>;

/** Returns an error for each address of the provider that is not https in production. */
export function providerErrors(values: Partial<Values>, production: boolean): string[] {
  const { issuer, providerUrl } = values;
  return [
    ...(production && issuer?.startsWith('http:') ? ['ISSUER must be https in production'] : []),
    ...(production && providerUrl?.startsWith('http:') ? ['PROVIDER_URL must be https in production'] : []),
  ];
}

/** Returns the provider in the form of the options of relying party and access token verifier. */
export function providerFrom(values: Values, production: boolean) {
  const { issuer, providerUrl, providerCaFile, maxTokenBytes, trustedAudiences } = values;
  const {
    subjectClaim: subject,
    tenantClaim: tenants,
    rolesClaim: roles,
    permissionsClaim: permissions,
  } = values;
  const roleMap = new Map(values.roleMap.map((pair) => pair.split('=') as [string, string]));
  const claimNames: ClaimNames = {
    subject,
    tenants,
    roles,
    permissions,
    ...(roleMap.size > 0 && { roleMap }),
  };
  return {
    ...{ issuer, claimNames, maxTokenBytes, trustedAudiences, providerUrl },
    ...(providerCaFile !== undefined && { providerCa: readFileSync(providerCaFile) }),
    allowInsecure: !production,
  };
}
