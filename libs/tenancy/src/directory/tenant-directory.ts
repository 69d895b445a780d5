import { createTenant, hashOf, type Tenant } from './tenant.ts';
import { parseTenantConfigs, type ParseOptions, type TenantDirectoryConfig } from './tenant-schema.ts';

/** All tenants that are served. */
export interface TenantDirectory {
  /** Finds a tenant in constant time. */
  find(id: string): Tenant | undefined;
  /** Hash of the directory; changes with any change in it. */
  readonly version: string;
}

/** The directory that a new one replaces, and the time of the replacement. */
export interface Replacement {
  /** The directory in force so far; undefined at the start. */
  readonly replaced: TenantDirectory | undefined;
  /** When the new directory takes effect, in milliseconds since 1970. */
  readonly at: number;
}

export type DirectoryOptions = ParseOptions & Partial<Replacement>;

/**
 * Creates an immutable directory.
 * @param options.replaced the directory in force so far: a tenant whose version is the same in it keeps its
 * `inForceSince`
 * @throws {InvalidTenantDirectory} with every error
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
