import { randomUUID } from 'node:crypto';
import { Problem, LruCache } from '@bff/service-kit';
import jwt from 'jsonwebtoken';
import { identityKey, type ActingIdentity } from '../identity.ts';
import { epochSeconds, type Now } from '../time.ts';
import { internalIssuer, longestLifetime, type InternalTokenPayload } from './internal-claims.ts';
import type { InternalKeys, PublicJwk } from './internal-keys.ts';
import { KeyRing } from './key-ring.ts';

export interface InternalTokensOptions {
  /** Name of this BFF, sent as the claim `azp`. */
  readonly azp: string;
  readonly keys: InternalKeys;
  /** Lifetime in seconds, at most 3600. default 300 */
  readonly ttlSeconds?: number;
  /**
   * Seconds for which a new key is published before it signs; longer than the verifiers' cool-down between
   * fetches. default 60
   */
  readonly announceSeconds?: number;
  readonly now?: Now;
}

export interface InternalTokens {
  /**
   * Creates a token for one service. @throws {Problem} `not-authenticated` when the identity's authority has
   * ended
   */
  mint(identity: ActingIdentity, audience: string): string;
  /**
   * Returns a function that caches one token per session and audience until most of its lifetime has passed.
   */
  bearerFor(identity: ActingIdentity): (audience: string) => string;
  /** Returns the JWK Set for the management port; empty with HS256. */
  jwks(): { readonly keys: readonly PublicJwk[] };
  /** Replaces the keys while requests are served. @throws {InvalidInternalKeys} */
  rotate(keys: InternalKeys): void;
}

interface Kept {
  readonly token: string;
  /** When a new token replaces this one, in seconds since 1970. */
  readonly renewAt: number;
}

/**
 * Maximum number of sessions whose tokens are cached; 10,000 sessions with five audiences take about 25 MB.
 */
const keptSessions = 10_000;

/**
 * Creates the tokens with which a BFF calls its services: signed, short-lived, for one audience, and with no
 * more authority than the identity that they are made from.
 * @throws {RangeError} for a lifetime outside 1 to 3600 seconds
 * @throws {InvalidInternalKeys}
 */
export function createInternalTokens(options: InternalTokensOptions): InternalTokens {
  const { azp, ttlSeconds = 300, announceSeconds = 60, now = Date.now } = options;
  if (!(ttlSeconds >= 1 && ttlSeconds <= longestLifetime))
    throw new RangeError(
      `the lifetime of internal tokens is 1 to ${longestLifetime} seconds, not ${ttlSeconds}`,
    );
  const ring = new KeyRing({
    keys: options.keys,
    announceMs: announceSeconds * 1000,
    retainMs: (ttlSeconds + announceSeconds) * 1000,
    now,
  });
  const sessions = new LruCache<Map<string, Kept>>(keptSessions);

  function issue(identity: ActingIdentity, audience: string): Kept {
    const iat = epochSeconds(now);
    const exp = Math.min(iat + ttlSeconds, identity.expiresAt);
    if (exp <= iat) throw new Problem('not-authenticated', { detail: 'The session has ended' });
    const claims: InternalTokenPayload = {
      sub: identity.subject,
      tid: identity.tenant,
      roles: identity.roles,
      ...(identity.permissions.length > 0 && { permissions: identity.permissions }),
      ...(identity.scopes && { scope: identity.scopes.join(' ') }),
      ...actorOf(identity),
      jti: randomUUID(),
      iss: internalIssuer,
      aud: audience,
      azp,
      iat,
      exp,
    };
    const signer = ring.signer;
    const token = jwt.sign(claims, signer.key, {
      algorithm: signer.alg,
      ...(signer.alg === 'ES256' ? { keyid: signer.kid } : {}),
    });
    return { token, renewAt: exp - marginOf(exp - iat, exp === identity.expiresAt) };
  }

  return {
    mint: (identity, audience) => issue(identity, audience).token,

    bearerFor(identity) {
      const key = keyOf(identity);
      let tokens = sessions.get(key);
      if (!tokens) sessions.set(key, (tokens = new Map()));
      const byAudience = tokens;
      return function bearer(audience) {
        const kept = byAudience.get(audience);
        if (kept && epochSeconds(now) < kept.renewAt) return kept.token;
        const issued = issue(identity, audience);
        byAudience.set(audience, issued);
        return issued.token;
      };
    },

    jwks: () => ({ keys: ring.published }),
    rotate: (keys) => ring.rotate(keys),
  };
}

/**
 * Returns the actor (RFC 8693, section 4.1): none for a user's session, and none for client credentials,
 * where the client acts for itself.
 */
const actorOf = ({ clientId, subject }: ActingIdentity): Pick<InternalTokenPayload, 'act'> =>
  clientId === undefined || clientId === subject ? {} : { act: { sub: clientId } };

/**
 * Returns how many seconds before its expiry a token is replaced: a fifth of its lifetime, but at least 60
 * seconds, or half of a lifetime shorter than 120 seconds. One second if the token ends with its session,
 * because a new token would not live longer.
 */
function marginOf(lifetime: number, endsWithSession: boolean): number {
  return endsWithSession ? 1 : Math.max(lifetime / 5, Math.min(60, lifetime / 2));
}

/**
 * Returns a cache key that covers every input of the claims: a session whose roles, permissions, scopes or
 * tenant change gets new tokens.
 */
function keyOf(identity: ActingIdentity): string {
  const { tenant, sessionId, expiresAt } = identity;
  return JSON.stringify([tenant, sessionId ?? expiresAt, identityKey(identity)]);
}
