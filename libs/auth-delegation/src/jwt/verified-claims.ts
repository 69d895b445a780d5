import {
  errors,
  jwtVerify,
  type CryptoKey,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import { epochSeconds, type Now } from '../time.ts';
import { readHeader, type JoseHeader } from './compact-jws.ts';
import { SeveralKeys } from './remote-keys.ts';
import { TokenRefused, type Refusal } from './token-refused.ts';

/** Source of the key, chosen by the configuration and never by the token. */
export type KeySource = { readonly secrets: readonly Uint8Array[] } | { readonly find: JWTVerifyGetKey };

/** Requirements for a token, fixed before any token is read. */
export interface JwtRules {
  readonly keys: KeySource;
  readonly algorithms: readonly string[];
  readonly issuer: string;
  readonly audience: string;
  /** Expected media type in `typ`, with or without `application/`. */
  readonly typ?: string;
  readonly requiredClaims: readonly string[];
  readonly clockToleranceSeconds: number;
  /** Maximum size of a token in bytes. default 16384 */
  readonly maxTokenBytes?: number | undefined;
  readonly now: Now;
}

/** Claims of a token with an issue time. */
export type IssuedClaims = JWTPayload & { readonly iat: number };

/** Claims that every token must have; further claims are checked by the caller's schema. */
export type DatedClaims = IssuedClaims & { readonly exp: number };

/**
 * Header members with which a token would supply its own key or rules (RFC 7515, section 4.1; RFC 8725,
 * section 3.10).
 */
const forbiddenHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'crit'];

/**
 * Verifies signature, issuer, audience, type and dates of a token, and returns its claims.
 * @throws {TokenRefused}
 * @throws {ProviderUnavailable} from the key source, when no key was ever fetched
 */
export async function verifiedClaims(token: string, rules: JwtRules): Promise<DatedClaims> {
  const requiredClaims = ['exp', ...rules.requiredClaims];
  const claims = await verifiedStatement(token, { ...rules, requiredClaims });
  const { exp } = claims;
  if (typeof exp !== 'number') throw new TokenRefused('claims', 'exp');
  return { ...claims, exp: Math.floor(exp) };
}

/**
 * Verifies a token like {@link verifiedClaims}, but does not require `exp`: a Security Event Token (RFC 8417)
 * states what happened and does not expire.
 * @throws {TokenRefused}
 * @throws {ProviderUnavailable} from the key source, when no key was ever fetched
 */
export async function verifiedStatement(token: string, rules: JwtRules): Promise<IssuedClaims> {
  checkHeader(readHeader(token, rules.maxTokenBytes), rules);
  const claims = await verify(token, rules);
  const { iat } = claims;
  if (typeof iat !== 'number') throw new TokenRefused('claims', 'iat');
  if (iat > epochSeconds(rules.now) + rules.clockToleranceSeconds) throw new TokenRefused('not-yet-valid');
  return { ...claims, iat: Math.floor(iat) };
}

function checkHeader(header: JoseHeader, rules: JwtRules): void {
  if (forbiddenHeaders.some((name) => name in header)) throw new TokenRefused('header');
  if (typeof header.alg !== 'string' || !rules.algorithms.includes(header.alg))
    throw new TokenRefused('algorithm');
}

async function verify(token: string, rules: JwtRules): Promise<JWTPayload> {
  const options = {
    algorithms: [...rules.algorithms],
    issuer: rules.issuer,
    audience: rules.audience,
    typ: rules.typ,
    requiredClaims: ['iat', ...rules.requiredClaims],
    clockTolerance: rules.clockToleranceSeconds,
    currentDate: new Date(rules.now()),
  };
  try {
    if ('find' in rules.keys) return (await jwtVerify(token, rules.keys.find, options)).payload;
    return await withAnyOf(rules.keys.secrets, token, options);
  } catch (error) {
    return await refuseUnlessSeveral(error, token, options);
  }
}

/**
 * Tries every key if several keys of a set match the header (F25); otherwise throws the error as a refusal.
 */
async function refuseUnlessSeveral(
  error: unknown,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    if (error instanceof SeveralKeys) return await withAnyOf(error.keys, token, options);
  } catch (refusal) {
    throw asRefusal(refusal);
  }
  throw asRefusal(error);
}

function asRefusal(error: unknown): unknown {
  if (error instanceof TokenRefused || error instanceof ProviderUnavailable) return error;
  // WebCrypto throws its own errors for a published key that is too short or malformed: such a key counts as
  // unknown.
  return error instanceof errors.JOSEError ? refusalOf(error) : new TokenRefused('unknown-key');
}

/** Tries several secrets during a rotation, or several keys of one set. */
async function withAnyOf(
  keys: readonly (Uint8Array | CryptoKey)[],
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  let refusal: unknown = new TokenRefused('signature');
  for (const key of keys) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

const refusalOfClaim: Readonly<Record<string, Refusal>> = {
  iss: 'issuer',
  aud: 'audience',
  typ: 'type',
  nbf: 'not-yet-valid',
};

/** Errors of jose contain the claims, so they are translated instead of chained and never logged. */
function refusalOf(error: errors.JOSEError): TokenRefused {
  if (error instanceof errors.JWTClaimValidationFailed)
    return new TokenRefused(refusalOfClaim[error.claim] ?? 'claims', error.claim);
  return new TokenRefused(refusalCodeOf(error));
}

function refusalCodeOf(error: errors.JOSEError): Refusal {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JOSENotSupported) return 'header';
  return 'malformed';
}
