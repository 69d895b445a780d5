import type { JWTVerifyGetKey } from 'jose';
import { LruCache, type Logger, type StateStore, type TenantId } from '@bff/service-kit';
import type { EndMarks } from '../ending/end-marks.ts';
import { targetKey, targetKeysOf, type Endable } from '../ending/end-target.ts';
import { noEndMarks } from '../ending/no-end-marks.ts';
import type { ClaimNames } from '../provider/claim-names.ts';
import type { Identity } from '../identity.ts';
import { signatureAlgorithms } from '../jwt/algorithms.ts';
import { TokenRefused } from '../jwt/token-refused.ts';
import { verifiedClaims, type JwtRules } from '../jwt/verified-claims.ts';
import { digest } from '../opaque.ts';
import type { AgentAccesses } from '../session/agent-accesses.ts';
import type { ProviderAddress } from '../provider/provider-fetch.ts';
import { createProvider } from '../provider/provider.ts';
import { ProviderUnavailable, providerProblem } from '../provider/provider-unavailable.ts';
import { epochSeconds, type Now } from '../time.ts';
import { readAccessClaims, type AccessToken } from './access-claims.ts';
import { notAuthenticated, type Scheme } from './challenge.ts';
import { clientCertificateReader, type ClientCertificateOptions } from './client-certificate.ts';
import { readCredentials } from './credentials.ts';
import { createDpopCheck, ProofRefused } from './dpop-proof.ts';
import type { RequestFacts } from './request-facts.ts';

export interface AccessTokenVerifierOptions extends ProviderAddress, ClientCertificateOptions {
  /** This resource server's identifier, which must be in `aud`. */
  readonly audience: string;
  /** Address of the issuer's JWK Set. default: `jwks_uri` of its metadata */
  readonly jwksUri?: string;
  /** Finds the key of a token. default: searches the keys that the issuer publishes */
  readonly findKey?: JWTVerifyGetKey;
  /** Stores used DPoP proofs to detect replay. While the store is down, DPoP-bound tokens get a 503. */
  readonly replayStore: StateStore;
  readonly claimNames?: ClaimNames;
  /** Maximum size of a token in bytes. default 16384 */
  readonly maxTokenBytes?: number;
  /** Permits `http:` for an issuer in development. */
  readonly allowInsecure?: boolean;
  /** Tolerated clock difference in seconds. default 30 */
  readonly clockToleranceSeconds?: number;
  /**
   * Minimum milliseconds between fetches of the keys after a burst of up to three. It limits the fetches that
   * tokens with unknown kids cause. default 30000
   */
  readonly jwksCooldownMs?: number;
  /** Marks that end tokens before they expire. default: a token ends only when it expires */
  readonly marks?: Pick<EndMarks, 'isEnded'>;
  /** Records which clients use tokens, so that users can list and end their access. default: not recorded */
  readonly accesses?: Pick<AgentAccesses, 'noteUse'>;
  /** Logs why the issuer cannot be used. */
  readonly log?: Logger;
  readonly now?: Now;
}

export interface AccessTokenVerifier {
  /**
   * Verifies the token of a request and its binding.
   * @throws {Problem} `not-authenticated` with the challenge of RFC 6750 or RFC 9449; `unavailable` when the
   * issuer's keys are needed and cannot be fetched
   * @throws {StateUnavailable} when a proof cannot be stored
   */
  verify(facts: RequestFacts): Promise<Identity>;
  /**
   * Fetches the keys at start, because the issuer may be down when the first token arrives. Never rejects.
   */
  prefetch(): Promise<void>;
}

interface Remembered extends AccessToken {
  /** Seconds since 1970 until which the signature need not be checked again. */
  readonly until: number;
  /** Keys of the `EndTarget`s that select this token. */
  readonly targetKeys: readonly string[];
  /** Key of the mark that ends this client's access for the user, including tokens refreshed later. */
  readonly accessKey: string;
}

const rememberedTokens = 10_000;
/**
 * Maximum seconds for which a verified signature is cached, and so for which a token stays valid after its
 * issuer withdrew the key.
 */
const longestMemory = 300;

/**
 * Creates the verifier of access tokens (RFC 9068) with their binding (RFC 8705, RFC 9449). @throws
 * {TypeError} when a proxy address is invalid
 */
export function accessTokenVerifier(options: AccessTokenVerifierOptions): AccessTokenVerifier {
  const { issuer, audience, clockToleranceSeconds = 30, marks = noEndMarks, now = Date.now } = options;
  const provider = createProvider({ ...options, clientId: audience, now });
  const certificateOf = clientCertificateReader(options);
  const checkProof = createDpopCheck({ replayStore: options.replayStore, clockToleranceSeconds, now });
  const remembered = new LruCache<Remembered>(rememberedTokens);
  const rules: JwtRules = {
    keys: { find: options.findKey ?? provider.findKey },
    algorithms: signatureAlgorithms,
    issuer,
    audience,
    typ: 'at+jwt',
    requiredClaims: ['sub', 'client_id', 'jti'],
    clockToleranceSeconds,
    maxTokenBytes: options.maxTokenBytes,
    now,
  };

  async function verifiedToken(token: string, hash: string): Promise<Remembered> {
    const known = remembered.get(hash);
    if (known && epochSeconds(now) < known.until) return known;
    const claims = await verifiedClaims(token, rules);
    const read = readAccessClaims(claims, clockToleranceSeconds, options.claimNames);
    const until = Math.min(read.identity.expiresAt, epochSeconds(now) + longestMemory);
    const { identity, providerSubject: subject } = read;
    const clientId = identity.clientId ?? '';
    const verified: Remembered = {
      ...read,
      until,
      targetKeys: targetKeysOf(endableIn(read, issuer)),
      accessKey: targetKey({ kind: 'client-access', issuer, subject, clientId }),
    };
    remembered.set(hash, verified);
    return verified;
  }

  async function held(
    { binding }: AccessToken,
    scheme: Scheme,
    facts: RequestFacts,
    hash: string,
  ): Promise<void> {
    if (binding.certificate !== undefined) {
      const certificate = certificateOf(facts);
      if (!certificate || digest(certificate) !== binding.certificate) throw new TokenRefused('binding');
    }
    // Prevents both downgrades of RFC 9449, section 7.1: a bound token without a proof, and a proof with a
    // token that is not bound.
    if ((binding.jkt !== undefined) !== (scheme === 'DPoP')) throw new TokenRefused('binding');
    if (binding.jkt !== undefined) await checkProof(facts, { accessTokenHash: hash, jkt: binding.jkt });
  }

  return {
    async verify(facts) {
      const { scheme, token } = readCredentials(facts.headers);
      const hash = digest(token);
      try {
        const verified = await verifiedToken(token, hash);
        // A token without `auth_time` may have been refreshed from an old one. So any mark that ended the
        // client's access rejects this token, whenever it was set.
        const beganAt = (verified.authenticatedAt ?? 0) * 1000;
        if (
          marks.isEnded(() => verified.targetKeys, verified.issuedAt * 1000) ||
          marks.isEnded(() => [verified.accessKey], beganAt)
        )
          throw new TokenRefused('expired', 'iat');
        await held(verified, scheme, facts, hash);
        void options.accesses?.noteUse(useOf(verified, issuer, beganAt));
        return verified.identity;
      } catch (error) {
        if (error instanceof TokenRefused) throw notAuthenticated(scheme, 'invalid_token', error.code);
        if (error instanceof ProofRefused) throw notAuthenticated('DPoP', 'invalid_dpop_proof', error.code);
        if (error instanceof ProviderUnavailable) throw providerProblem(error);
        throw error;
      }
    },
    prefetch: () => provider.prefetch(),
  };
}

const useOf = (
  { identity, providerSubject }: AccessToken,
  issuer: string,
  beganAt: number,
): Parameters<AgentAccesses['noteUse']>[0] => ({
  owner: { home: identity.tenants[0] as TenantId, issuer, subject: providerSubject },
  clientId: identity.clientId ?? '',
  scopes: identity.scopes ?? [],
  beganAt,
});

const endableIn = ({ identity, providerSubject }: AccessToken, issuer: string): Endable => ({
  home: identity.tenants[0] ?? '',
  clientId: identity.clientId,
  issuer,
  subjects: [...new Set([identity.subject, providerSubject])],
});
