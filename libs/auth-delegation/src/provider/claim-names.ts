import { TokenRefused } from '../jwt/token-refused.ts';

/** Names of the claims that carry tenants, roles and permissions; set them where the provider uses other names. */
export interface ClaimNames {
  /** Default `sub`. Who the user is to the services; logouts go by `sub` all the same. */
  readonly subject?: string;
  /** Default `tid`. One tenant or a list. */
  readonly tenants?: string;
  /** Default `roles`. One role or a list. */
  readonly roles?: string;
  /** Default `permissions`. One permission or a list. */
  readonly permissions?: string;
  /** The provider's names of roles or groups -> ours; others are dropped. Default: all are taken as they are. */
  readonly roleMap?: ReadonlyMap<string, string>;
}

/** Of tenants, roles and permissions together: what goes to the services stays under 4 KB (F23). */
const maxAuthorityBytes = 2_560;

/**
 * The granted scopes: `scope`, separated by spaces (RFC 9068, section 2.2.3), or the list `scp` that Entra and Okta send.
 * None of the two: no scope was granted.
 *
 * @throws {TokenRefused} `claims` when it is anything else
 */
export function scopesIn({ scope, scp }: Readonly<Record<string, unknown>>): readonly string[] {
  const claim = present(scope) ?? present(scp);
  return typeof claim === 'string' ? claim.split(' ').filter((name) => name !== '') : namesIn(claim);
}

/** @throws {TokenRefused} `claims` when the claim is not a text of 1 to 255 characters */
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
 *
 * @throws {TokenRefused} `claims` when one of them is neither a name nor a list of names, `too-large` when they are too many
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

/** A claim without a value is written as `null` or as an empty text by some providers (F22). */
const present = (claim: unknown): unknown => (claim === null || claim === '' ? undefined : claim);

function namesIn(claim: unknown, name?: string): readonly string[] {
  const list: unknown[] = claim === undefined ? [] : Array.isArray(claim) ? claim : [claim];
  if (!list.every((name): name is string => typeof name === 'string' && name !== ''))
    throw new TokenRefused('claims', name);
  return list;
}
