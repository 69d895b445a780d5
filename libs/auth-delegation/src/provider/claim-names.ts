import { TokenRefused } from '../jwt/token-refused.ts';

/** Under which names a provider puts what we need; set them to its own where it has no `tid` or `roles`. */
export interface ClaimNames {
  /** Default `tid`. One tenant or a list. */
  readonly tenants?: string;
  /** Default `roles`. One role or a list. */
  readonly roles?: string;
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

/** @throws {TokenRefused} `claims` when either is there but neither a name nor a list of names */
export function tenantsAndRoles(claims: Readonly<Record<string, unknown>>, names: ClaimNames = {}) {
  return {
    tenants: namesIn(claims[names.tenants ?? 'tid']),
    roles: namesIn(claims[names.roles ?? 'roles']),
  };
}

function namesIn(claim: unknown): readonly string[] {
  const list: unknown[] = claim === undefined ? [] : Array.isArray(claim) ? claim : [claim];
  if (!list.every((name): name is string => typeof name === 'string' && name !== ''))
    throw new TokenRefused('claims');
  return list;
}
