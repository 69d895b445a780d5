import { createTenant, hashOf, type Tenant } from './tenant.ts';
import { parseTenantConfigs, type ParseOptions, type TenantDirectoryConfig } from './tenant-schema.ts';

/** All tenants that are served. */
export interface TenantDirectory {
  /** Takes the same time however many tenants there are. */
  find(id: string): Tenant | undefined;
  /** Changes when anything in the directory does. */
  readonly version: string;
}

/** What a directory replaces, and when. */
export interface Replacement {
  /** The directory in force until now; undefined at the start. */
  readonly replaced: TenantDirectory | undefined;
  /** When the new one comes into force, in milliseconds since 1970. */
  readonly at: number;
}

export type DirectoryOptions = ParseOptions & Partial<Replacement>;

/**
 * A directory that never changes.
 *
 * @param options.replaced tenants whose version is the same as before keep their `inForceSince`
 * @throws {InvalidTenantDirectory} with every fault
 */
export function createTenantDirectory(
  config: TenantDirectoryConfig,
  { screenNames, replaced, at }: DirectoryOptions = {},
): TenantDirectory {
  const tenants = parseTenantConfigs(config, { screenNames }).map((each) => {
    const tenant = createTenant(each, at);
    const before = replaced?.find(each.id);
    return before?.version === tenant.version ? before : tenant;
  });
  const byId = new Map<string, Tenant>(tenants.map((tenant) => [tenant.id, tenant]));
  const version = hashOf(tenants.map((tenant) => tenant.version).join());
  return { find: (id) => byId.get(id), version };
}
