import { Problem, type TenantId } from '@bff/service-kit';

/** Subject and rights from a verified session or token. No member comes from other parts of the request. */
export interface Identity {
  readonly subject: string;
  /** Tenants that the identity may choose, from the claim `tid`; the first is its home. */
  readonly tenants: readonly string[];
  readonly roles: readonly string[];
  /** Fine-grained rights beside the roles. Most providers send none. */
  readonly permissions: readonly string[];
  /**
   * Scopes granted to the access token (RFC 6749, section 3.3). Undefined for a session, whose rights are not
   * limited by scopes.
   */
  readonly scopes?: readonly string[];
  /** OAuth client that the token was issued to. */
  readonly clientId?: string;
  /** Public id of the session. The handle is never part of an identity. */
  readonly sessionId?: string;
  /** When the user authenticated, in seconds since 1970. */
  readonly authTime: number;
  /**
   * When the session was created or the access token issued, in seconds since 1970, rounded up. Tenants,
   * roles, permissions and scopes have not changed since then. Undefined when not known.
   */
  readonly establishedAt?: number;
  /** When to start confirming the session at the provider, in milliseconds since 1970; undefined: never. */
  readonly revalidateAt?: number;
  /** Expiry in seconds since 1970. An internal token that is issued for this identity expires no later. */
  readonly expiresAt: number;
}

/** An identity with the tenant that it acts for. */
export interface ActingIdentity extends Identity {
  readonly tenant: TenantId;
}

/**
 * Returns the identity acting for `tenant`, as resolved by libs/tenancy.
 * @throws {Problem} `tenant-mismatch` when the identity does not belong to that tenant
 */
export function actingFor(identity: Identity, tenant: TenantId): ActingIdentity {
  if (!identity.tenants.includes(tenant)) throw new Problem('tenant-mismatch');
  return { ...identity, tenant };
}

/**
 * Returns the part of a cache key that represents an identity: everything except the tenant that can
 * influence what a service returns. A response for other roles, permissions or scopes, or for another client
 * of the same user, must not be shared with this identity.
 */
export function identityKey({ clientId, subject, roles, permissions, scopes }: Identity): string {
  return JSON.stringify([clientId, subject, roles, permissions, scopes]);
}
