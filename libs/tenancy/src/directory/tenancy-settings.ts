import { flag, list, text, type Setting, type SettingValues } from '@bff/service-kit';
import { trustedProxies } from '../resolution/trusted-proxies.ts';

const sharedSettings = {
  tenantsShared: {
    env: 'TENANTS_SHARED',
    schema: flag(),
    default: false,
    meaning: 'follow the tenant directory published in Redis; the file is used until there is one',
  },
  baseDomain: {
    env: 'BASE_DOMAIN',
    schema: text(/^[a-z0-9.-]+$/, 'must be a domain name'),
    optional: true,
    meaning: 'domain under which each tenant has a subdomain; unset: subdomains name no tenant',
  },
  trustedProxies: {
    env: 'TRUSTED_PROXIES',
    schema: list().refine(isListOfSubnets, 'must be addresses or subnets, comma separated'),
    default: [],
    meaning:
      'addresses and subnets (CIDR), comma separated, whose X-Forwarded-Host and X-Forwarded-For are trusted',
  },
} as const satisfies Record<string, Setting>;

/**
 * Returns the settings of the tenant directory and of tenant resolution; a BFF adds them to its own.
 * @param developmentFile directory used in development; production must set its own
 */
export const tenancySettings = (developmentFile: string) =>
  ({
    tenantsFile: {
      env: 'TENANTS_FILE',
      schema: text(),
      developmentDefault: developmentFile,
      meaning: 'JSON file of the tenant directory; followed while the process runs',
    },
    ...sharedSettings,
  }) as const satisfies Record<string, Setting>;

/** Returns contradictions between settings that are valid alone, for the `check` of `readSettings`. */
export function tenancyErrors({
  tenantsShared,
  redisUrl,
}: Partial<SettingValues<typeof sharedSettings>> & { readonly redisUrl?: string | undefined }): string[] {
  return tenantsShared && redisUrl === undefined ? ['TENANTS_SHARED needs REDIS_URL'] : [];
}

function isListOfSubnets(ranges: readonly string[]): boolean {
  try {
    trustedProxies(ranges);
    return true;
  } catch {
    return false;
  }
}
