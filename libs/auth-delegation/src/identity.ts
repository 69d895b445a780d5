import { Problem, type TenantId } from '@bff/service-kit';

/** Who a verified session or token speaks for. Nothing in it comes from the request itself. */
export interface Identity {
  readonly subject: string;
  /** From the claim `tid`: every tenant that the identity may choose; the first is its home. */
  readonly tenants: readonly string[];
  readonly roles: readonly string[];
  /** Fine-grained rights beside the roles. Most providers send none. */
  readonly permissions: readonly string[];
  /** What the OAuth access token was granted (RFC 6749, section 3.3). Absent: it is a session's, which no scope narrows. */
  readonly scopes?: readonly string[];
  /** The OAuth client that the token was issued to. */
  readonly clientId?: string;
  /** The public id of the session; the handle itself is never part of an identity. */
  readonly sessionId?: string;
  /** When the user authenticated; epoch seconds. */
  readonly authTime: number;
  /**
   * When the session was created or the access token was issued: tenants, roles, permissions and scopes are the same since
   * then. Epoch seconds, rounded up. Absent: not known.
   */
  readonly establishedAt?: number;
  /** From when on the provider should be asked to confirm the session; epoch milliseconds. Absent: never. */
  readonly revalidateAt?: number;
  /** When the authority ends; epoch seconds. No token made from this identity lives longer. */
  readonly expiresAt: number;
}

/** An identity that has chosen, among its own tenants, the one it acts for. */
export interface ActingIdentity extends Identity {
  readonly tenant: TenantId;
}

/**
 * The identity acting for `tenant`, as libs/tenancy resolved it.
 *
 * @throws {Problem} `tenant-mismatch` when the identity does not belong to that tenant
 */
export function actingFor(identity: Identity, tenant: TenantId): ActingIdentity {
  if (!identity.tenants.includes(tenant)) throw new Problem('tenant-mismatch');
  return { ...identity, tenant };
}

/**
 * Returns everything besides the tenant by which a service may decide what this identity gets to see: an answer that was
 * made for other roles, permissions or scopes, or for another client of the same user, must not be shared with this one.
 */
export function identityKey({ clientId, subject, roles, permissions, scopes }: Identity): string {
  return JSON.stringify([clientId, subject, roles, permissions, scopes]);
}
