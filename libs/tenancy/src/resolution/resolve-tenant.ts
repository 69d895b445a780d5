import { Problem } from '@bff/service-kit';
import type { Tenant } from '../directory/tenant.ts';
import type { TenantDirectory } from '../directory/tenant-directory.ts';

/** The tenants of an identity and the tenant that its request names. */
export interface TenantClaim {
  /** Tenants of the verified identity. */
  readonly identityTenants: readonly string[];
  /** `X-Tenant-ID`, as it arrived. */
  readonly header?: string | readonly string[] | undefined;
  /** Result of {@link subdomainOf} for the host. */
  readonly subdomain?: string | undefined;
}

/**
 * Returns the tenant of a request: an active one of the identity's tenants. The request may choose among
 * them, and must choose if there are several: a default could show or change data of the wrong tenant.
 * @throws {Problem} in this order: `bad-request` when the header has several values; `tenant-conflict` when
 * header and subdomain disagree; `bad-request` when no choice was made among several; `unknown-tenant` when
 * the tenant is not in the directory; `tenant-mismatch` when the identity does not belong to the tenant;
 * `unknown-tenant` when the tenant is suspended
 */
export function resolveTenant(directory: TenantDirectory, claim: TenantClaim): Tenant {
  const { identityTenants, subdomain } = claim;
  const header = onlyValueOf(claim.header);
  if (header !== undefined && subdomain !== undefined && header !== subdomain)
    throw new Problem('tenant-conflict');

  const id = header ?? subdomain ?? onlyTenantOf(identityTenants);
  const tenant = id === undefined ? undefined : directory.find(id);
  if (!tenant) throw new Problem('unknown-tenant');
  if (!identityTenants.includes(tenant.id)) throw new Problem('tenant-mismatch');
  if (tenant.status !== 'active') throw new Problem('unknown-tenant');
  return tenant;
}

/** Rejects repeated headers: Node joins them with a comma, which no tenant id contains. */
function onlyValueOf(header: TenantClaim['header']): string | undefined {
  if (header === undefined || (typeof header === 'string' && !header.includes(','))) return header;
  throw new Problem('bad-request', { detail: 'X-Tenant-ID must name exactly one tenant.' });
}

function onlyTenantOf(identityTenants: readonly string[]): string | undefined {
  const [first] = identityTenants;
  if (identityTenants.every((tenant) => tenant === first)) return first;
  throw new Problem('bad-request', { detail: 'You belong to several tenants: name one in X-Tenant-ID.' });
}
