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

/** Where the key comes from: chosen by configuration, never by the token. */
export type KeySource = { readonly secrets: readonly Uint8Array[] } | { readonly find: JWTVerifyGetKey };

/** What a good token looks like; fixed before any token is seen. */
export interface JwtRules {
  readonly keys: KeySource;
  readonly algorithms: readonly string[];
  readonly issuer: string;
  readonly audience: string;
  /** Expected media type in `typ`, with or without `application/`. */
  readonly typ?: string;
  readonly requiredClaims: readonly string[];
  readonly clockToleranceSeconds: number;
  /** Longest token in bytes. Default 16,384. */
  readonly maxTokenBytes?: number | undefined;
  readonly now: Now;
}

/** Claims of a token that says when it was issued. */
export type IssuedClaims = JWTPayload & { readonly iat: number };

/** Claims every token of ours must carry; the rest is for the caller's schema. */
export type DatedClaims = IssuedClaims & { readonly exp: number };

/** Header members that would let the token bring its own key or rules (RFC 7515, section 4.1; RFC 8725, section 3.10). */
const forbiddenHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'crit'];

/**
 * The claims of a signed token after signature, issuer, audience, type and dates were checked.
 *
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
 * As {@link verifiedClaims}, of a token that states what happened and never expires (RFC 8417).
 *
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

/** A key set may have several keys that fit a header (F25): then one of them has to have signed. */
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
  // WebCrypto has errors of its own for a published key that is too short or broken: a key we do not know.
  return error instanceof errors.JOSEError ? refusalOf(error) : new TokenRefused('unknown-key');
}

/** Several secrets while one is being changed, or several keys of one set. */
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

/** The error of jose carries the claims: it is translated, not chained, so that no log line shows them. */
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
