import type { TenantId } from '@bff/service-kit';

export type { TenantId } from '@bff/service-kit';

/** Lower-case DNS label of 2 to 63 characters (RFC 1123, section 2.1): every tenant can be a subdomain. */
export const tenantIdPattern = '^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$';
const tenantIdSyntax = new RegExp(tenantIdPattern);

/**
 * Parses a tenant id; the only function that creates one from text. It does not check whether the tenant
 * exists.
 */
export function parseTenantId(text: string): TenantId | undefined {
  return tenantIdSyntax.test(text) ? (text as TenantId) : undefined;
}
