import { createTenant, hashOf, type Tenant } from './tenant.ts';
import { parseTenantConfigs, type ParseOptions, type TenantDirectoryConfig } from './tenant-schema.ts';

/** All tenants that are served. */
export interface TenantDirectory {
  /** Takes the same time however many tenants there are. */
  find(id: string): Tenant | undefined;
  /** Changes when anything in the directory does. */
  readonly version: string;
}

/**
 * A directory that never changes.
 *
 * @throws {InvalidTenantDirectory} with every fault
 */
export function createTenantDirectory(
  config: TenantDirectoryConfig,
  options?: ParseOptions,
): TenantDirectory {
  const tenants = parseTenantConfigs(config, options).map(createTenant);
  const byId = new Map<string, Tenant>(tenants.map((tenant) => [tenant.id, tenant]));
  const version = hashOf(tenants.map((tenant) => tenant.version).join());
  return { find: (id) => byId.get(id), version };
}
