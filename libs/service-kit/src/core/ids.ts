declare const tenantBrand: unique symbol;

/** A tenant that the directory knows. Made only by libs/tenancy, after the identity was verified. */
export type TenantId = string & { readonly [tenantBrand]: true };

declare const keyBrand: unique symbol;

/** A key of the state store. Made only by {@link stateKey}, so that none exists without a tenant in front. */
export type StateKey = string & { readonly [keyBrand]: true };

/** What a key is about; the second part of every key. */
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
  | 'confirmation'
  | 'directory'
  | 'probe';

/**
 * `<tenant>:<area>:<part>:...`, each part escaped so that no part can end early and become another key.
 * `{}` around the tenant is the Redis Cluster hash tag: keys of one tenant may be used in one transaction.
 */
export function stateKey(tenant: TenantId, area: StateArea, ...parts: readonly string[]): StateKey {
  let key = `{${encodeURIComponent(tenant)}}:${area}`;
  for (const part of parts) key += `:${encodeURIComponent(part)}`;
  return key as StateKey;
}

/** Whether {@link stateKey} made the key for this area, and for this tenant where one is given. */
export function isKeyOf(key: string, area: StateArea, tenant?: TenantId): boolean {
  if (tenant !== undefined) return key.startsWith(`${stateKey(tenant, area)}:`);
  return key.startsWith('{') && key.startsWith(`}:${area}:`, key.indexOf('}'));
}

/**
 * A key for what exists before a tenant is known (a login in flight, a bearer handle to be looked up).
 * The pseudo tenant is not a legal tenant id, so it meets no tenant's keys.
 */
export function preTenantKey(area: StateArea, ...parts: readonly string[]): StateKey {
  return stateKey('~' as TenantId, area, ...parts);
}
