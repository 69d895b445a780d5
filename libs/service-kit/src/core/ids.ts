declare const tenantBrand: unique symbol;

/** Id of a tenant of the directory. Created only by libs/tenancy, after the identity was verified. */
export type TenantId = string & { readonly [tenantBrand]: true };

declare const keyBrand: unique symbol;

/**
 * Key of the state store. Created only by {@link stateKey} and {@link preTenantKey}, so that every key begins
 * with a tenant.
 */
export type StateKey = string & { readonly [keyBrand]: true };

/** Kind of the stored value; the second part of every key. */
export type StateArea =
  | 'session'
  | 'login'
  | 'token'
  | 'code'
  | 'device'
  | 'revoked'
  | 'replay'
  | 'sync'
  | 'cache'
  | 'limit'
  | 'idempotency'
  | 'call'
  | 'agent'
  | 'confirmation'
  | 'directory'
  | 'probe';

/**
 * Creates `<tenant>:<area>:<part>:...`. Each part is escaped, so that no part can contain a separator and
 * form another key. `{}` around the tenant is the Redis Cluster hash tag: keys of one tenant may be used in
 * one transaction.
 */
export function stateKey(tenant: TenantId, area: StateArea, ...parts: readonly string[]): StateKey {
  let key = `{${encodeURIComponent(tenant)}}:${area}`;
  for (const part of parts) key += `:${encodeURIComponent(part)}`;
  return key as StateKey;
}

/** Returns whether {@link stateKey} created the key for this area, and for this tenant if one is given. */
export function isKeyOf(key: string, area: StateArea, tenant?: TenantId): boolean {
  if (tenant !== undefined) return key.startsWith(`${stateKey(tenant, area)}:`);
  return key.startsWith('{') && key.startsWith(`}:${area}:`, key.indexOf('}'));
}

const tenantPart = /^\{([^}]+)\}:/;

/** Returns the tenant of a key; undefined for a key of {@link preTenantKey}. */
export function tenantOf(key: StateKey): TenantId | undefined {
  const part = tenantPart.exec(key)?.[1];
  return part === undefined || part === preTenant ? undefined : (decodeURIComponent(part) as TenantId);
}

/** Stands in the place of the tenant in keys. It is not a valid tenant id, so it never equals a tenant. */
const preTenant = '~';

/**
 * Creates a key for state that exists before the tenant is known: a login in progress, an opaque token.
 */
export function preTenantKey(area: StateArea, ...parts: readonly string[]): StateKey {
  return stateKey(preTenant as TenantId, area, ...parts);
}
