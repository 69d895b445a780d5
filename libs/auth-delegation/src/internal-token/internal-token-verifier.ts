import { LruCache } from '@bff/service-kit';
import { createRemoteKeys } from '../jwt/remote-keys.ts';
import { TokenRefused } from '../jwt/token-refused.ts';
import { verifiedClaims, type JwtRules } from '../jwt/verified-claims.ts';
import { digest } from '../opaque.ts';
import { epochSeconds, type Now } from '../time.ts';
import {
  internalClaimsSchema,
  internalIssuer,
  longestLifetime,
  type InternalClaims,
} from './internal-claims.ts';

export interface InternalTokenVerifierOptions {
  /** Name of this service, the only audience that it accepts. */
  readonly audience: string;
  /** HS256: the shared secret, or both secrets during a rotation; at least 32 bytes each. */
  readonly secret?: string | readonly string[];
  /** ES256: addresses of the BFFs' JWK Sets. Exactly one of `secret` and `jwksUris` is given. */
  readonly jwksUris?: readonly string[];
  /** Tolerated clock difference in seconds. default 5 */
  readonly clockToleranceSeconds?: number;
  /** Minimum milliseconds between fetches of a JWK Set, however many unknown kids arrive. default 30000 */
  readonly jwksCooldownMs?: number;
  readonly now?: Now;
}

export interface InternalTokenVerifier {
  /**
   * Verifies an internal token. @throws {TokenRefused} @throws {ProviderUnavailable} when no BFF ever
   * answered with its keys
   */
  verify(token: string): Promise<InternalClaims>;
}

/** Maximum number of cached tokens; a service sees each token several hundred times. */
const rememberedTokens = 10_000;

/**
 * Creates the verifier for a service behind the BFFs. @throws {TypeError} when the options contradict each
 * other
 */
export function internalTokenVerifier(options: InternalTokenVerifierOptions): InternalTokenVerifier {
  const { clockToleranceSeconds = 5, now = Date.now } = options;
  const rules: JwtRules = {
    ...keysOf(options, now),
    issuer: internalIssuer,
    audience: options.audience,
    typ: 'JWT',
    requiredClaims: ['sub', 'jti'],
    clockToleranceSeconds,
    now,
  };
  const remembered = new LruCache<InternalClaims>(rememberedTokens);

  return {
    async verify(token) {
      const key = digest(token);
      const known = remembered.get(key);
      if (known && epochSeconds(now) < known.exp) return known;
      const claims = checked(await verifiedClaims(token, rules));
      remembered.set(key, claims);
      return claims;
    },
  };
}

/** Derives the algorithm from the configured kind of key, which prevents algorithm confusion. */
function keysOf({ secret, jwksUris, jwksCooldownMs }: InternalTokenVerifierOptions, now: Now) {
  const secrets = (typeof secret === 'string' ? [secret] : (secret ?? [])).map((text) => Buffer.from(text));
  const uris = jwksUris ?? [];
  if (secrets.length > 0 === uris.length > 0)
    throw new TypeError('an internal token verifier needs either a secret or addresses of key sets');
  if (secrets.some((bytes) => bytes.length < 32))
    throw new TypeError('the internal secret is shorter than 32 bytes');
  if (secrets.length > 0) return { keys: { secrets }, algorithms: ['HS256'] };
  return {
    keys: { find: createRemoteKeys({ uris, cooldownMs: jwksCooldownMs, now })() },
    algorithms: ['ES256'],
  };
}

/** The schema requires a single audience: a token for several services would have too much authority. */
function checked(claims: unknown): InternalClaims {
  const { success, data } = internalClaimsSchema.safeParse(claims);
  if (!success) throw new TokenRefused('claims');
  if (data.exp <= data.iat || data.exp - data.iat > longestLifetime) throw new TokenRefused('lifetime');
  return data;
}
