import { TokenRefused } from '../jwt/token-refused.ts';

/** Names of the claims that carry tenants, roles and permissions; set them where the provider uses other names. */
export interface ClaimNames {
  /** Default `tid`. One tenant or a list. */
  readonly tenants?: string;
  /** Default `roles`. One role or a list. */
  readonly roles?: string;
  /** Default `permissions`. One permission or a list. */
  readonly permissions?: string;
}

/**
 * The granted scopes: `scope`, separated by spaces (RFC 9068, section 2.2.3), or the list `scp` that Entra and Okta send.
 * None of the two: no scope was granted.
 *
 * @throws {TokenRefused} `claims` when it is anything else
 */
export function scopesIn({ scope, scp }: Readonly<Record<string, unknown>>): readonly string[] {
  const claim = scope ?? scp;
  return typeof claim === 'string' ? claim.split(' ').filter((name) => name !== '') : namesIn(claim);
}

/**
 * Reads tenants, roles and permissions. Permissions are optional at most providers, so `null` and an empty text count as
 * none there.
 *
 * @throws {TokenRefused} `claims` when one of them is neither a name nor a list of names
 */
export function authorityClaims(claims: Readonly<Record<string, unknown>>, names: ClaimNames = {}) {
  const permissions = claims[names.permissions ?? 'permissions'];
  return {
    tenants: namesIn(claims[names.tenants ?? 'tid']),
    roles: namesIn(claims[names.roles ?? 'roles']),
    permissions: namesIn(permissions === null || permissions === '' ? undefined : permissions),
  };
}

function namesIn(claim: unknown): readonly string[] {
  const list: unknown[] = claim === undefined ? [] : Array.isArray(claim) ? claim : [claim];
  if (!list.every((name): name is string => typeof name === 'string' && name !== ''))
    throw new TokenRefused('claims');
  return list;
}
