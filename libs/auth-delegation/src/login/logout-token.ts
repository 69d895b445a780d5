import { preTenantKey, type StateStore } from '@bff/service-kit';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { once } from '../delivery/once.ts';
import { readHeader } from '../jwt/compact-jws.ts';
import { absentIfEmpty } from '../jwt/optional-claims.ts';
import { TokenRefused } from '../jwt/token-refused.ts';
import { digestOf } from '../opaque.ts';
import { epochSeconds } from '../time.ts';
import { providerClaims, type ProviderTokenRules } from './provider-token.ts';

/** A verified logout. It ends the provider's session `sid` or, without a `sid`, every session of `sub`. */
export interface Logout {
  readonly issuer: string;
  readonly sub?: string;
  readonly sid?: string;
  readonly jti: string;
  /** When the token was issued, in seconds since 1970 by the provider's clock. */
  readonly iat: number;
}

/** Carries out a verified logout. */
export type LogoutAction = (logout: Logout) => Promise<unknown>;

export interface LogoutTokenRules extends ProviderTokenRules {
  readonly replayStore: StateStore;
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
/** Maximum lifetime of a logout token in seconds; its id is stored for that time to detect replay. */
const longestLife = 86_400;

const text = z.string().min(1).max(255);
const schema = z.looseObject({
  sub: absentIfEmpty(text),
  sid: absentIfEmpty(text),
  jti: text,
  events: z.looseObject({ [logoutEvent]: z.looseObject({}) }),
});

/**
 * Performs the checks of OpenID Connect Back-Channel Logout 1.0, section 2.6, then calls `act` once for each
 * token.
 * @throws {TokenRefused}
 * @throws {StateUnavailable} when the token cannot be stored: nothing was done, and the provider may retry
 */
export async function acceptLogoutToken(
  token: string,
  rules: LogoutTokenRules,
  act: LogoutAction,
): Promise<Logout> {
  const logout = await verifiedLogout(token, rules);
  await actOnce(logout, rules, act);
  return logout;
}

/** Calls `act` once for each token. @throws {TokenRefused} `replayed` @throws {StateUnavailable} */
export function actOnce(logout: Logout, rules: LogoutTokenRules, act: LogoutAction): Promise<void> {
  return once({
    key: preTenantKey('replay', 'logout', digestOf(logout.issuer, logout.jti)),
    store: rules.replayStore,
    rememberMs: (longestLife + 2 * rules.clockToleranceSeconds) * 1000,
    act: () => act(logout),
  });
}

/** Maximum characters of a logout token that is retained because it cannot be verified yet. */
const longestToken = 8_192;

/**
 * Returns whether an unverified token should be retained: it is not too long, and names our provider as
 * issuer and this client as audience.
 */
export function mayBeForUs(token: string, { issuer, clientId }: LogoutTokenRules): boolean {
  if (token.length > longestToken) return false;
  try {
    const claims = decodeJwt(token);
    return claims.iss === issuer && [claims.aud].flat().includes(clientId);
  } catch {
    return false;
  }
}

/** Verifies a logout token. @throws {TokenRefused} @throws {ProviderUnavailable} */
export async function verifiedLogout(token: string, rules: LogoutTokenRules): Promise<Logout> {
  const { typ } = readHeader(token, rules.maxTokenBytes);
  if (typ !== undefined && !isLogoutType(typ)) throw new TokenRefused('type');
  const claims = await providerClaims(token, rules, ['jti', 'events']);
  const { success, data } = schema.safeParse(claims);
  // A logout token must not have a nonce, so that an ID token cannot be used as one.
  if (!success || 'nonce' in claims) throw new TokenRefused('claims');
  const { sub, sid, jti } = data;
  if (sub === undefined && sid === undefined) throw new TokenRefused('claims');
  const oldest = epochSeconds(rules.now) - longestLife - rules.clockToleranceSeconds;
  if (claims.exp <= claims.iat || claims.exp - claims.iat > longestLife || claims.iat < oldest)
    throw new TokenRefused('lifetime');
  return { issuer: rules.issuer, sub, sid, jti, iat: claims.iat };
}

/** Compares media types: case-insensitive, and `application/` may be omitted (RFC 7515, section 4.1.9). */
function isLogoutType(typ: unknown): boolean {
  return typeof typ === 'string' && /^(?:application\/)?logout\+jwt$/i.test(typ);
}
