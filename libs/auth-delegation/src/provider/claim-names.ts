import { TokenRefused } from '../jwt/token-refused.ts';

/** Names of the claims for tenants, roles and permissions, if the provider uses other names. */
export interface ClaimNames {
  /**
   * Claim with the user id that the services get; logout tokens identify a user by `sub` in any case. default
   * `sub`
   */
  readonly subject?: string;
  /** Claim with one tenant or a list. default `tid` */
  readonly tenants?: string;
  /** Claim with one role or a list. default `roles` */
  readonly roles?: string;
  /** Claim with one permission or a list. default `permissions` */
  readonly permissions?: string;
  /**
   * Maps roles or groups of the provider to roles of the services; others are dropped. default: all are kept
   * unchanged
   */
  readonly roleMap?: ReadonlyMap<string, string>;
}

/**
 * Maximum bytes of tenants, roles and permissions together, so that internal tokens stay below 4 KB (F23).
 */
const maxAuthorityBytes = 2_560;

/**
 * Returns the granted scopes: `scope`, separated by spaces (RFC 9068, section 2.2.3), or the claim `scp` of
 * Entra and Okta. If both claims are absent, no scope was granted.
 * @throws {TokenRefused} `claims` when such a claim has another form
 */
export function scopesIn({ scope, scp }: Readonly<Record<string, unknown>>): readonly string[] {
  const claim = present(scope) ?? present(scp);
  return typeof claim === 'string' ? claim.split(' ').filter((name) => name !== '') : namesIn(claim);
}

/**
 * Returns the subject. @throws {TokenRefused} `claims` when the claim is not a text of 1 to 255 characters
 */
export function subjectIn(
  claims: Readonly<Record<string, unknown>>,
  { subject: name = 'sub' }: ClaimNames = {},
): string {
  const subject = claims[name];
  if (typeof subject !== 'string' || subject === '' || subject.length > 255)
    throw new TokenRefused('claims', name);
  return subject;
}

/**
 * Reads tenants, roles and permissions. `null` and an empty text count as none.
 * @throws {TokenRefused} `claims` when one of them is neither a name nor a list of names, `too-large` when
 * there are too many
 */
export function authorityClaims(claims: Readonly<Record<string, unknown>>, names: ClaimNames = {}) {
  const read = (name: string): readonly string[] => namesIn(present(claims[name]), name);
  const roles = read(names.roles ?? 'roles');
  const { roleMap } = names;
  const authority = {
    tenants: read(names.tenants ?? 'tid'),
    roles: roleMap ? [...new Set(roles.flatMap((role) => roleMap.get(role) ?? []))] : roles,
    permissions: read(names.permissions ?? 'permissions'),
  };
  if (JSON.stringify(authority).length > maxAuthorityBytes)
    throw new TokenRefused('too-large', names.roles ?? 'roles');
  return authority;
}

/** Some providers write a claim without a value as `null` or empty text (F22). */
const present = (claim: unknown): unknown => (claim === null || claim === '' ? undefined : claim);

function namesIn(claim: unknown, name?: string): readonly string[] {
  const list: unknown[] = claim === undefined ? [] : Array.isArray(claim) ? claim : [claim];
  if (!list.every((name): name is string => typeof name === 'string' && name !== ''))
    throw new TokenRefused('claims', name);
  return list;
}
