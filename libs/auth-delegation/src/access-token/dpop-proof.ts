import { preTenantKey, type StateStore } from '@bff/service-kit';
import { calculateJwkThumbprint, EmbeddedJWK, errors, jwtVerify, type JWK } from 'jose';
import { z } from 'zod';
import { signatureAlgorithms } from '../jwt/algorithms.ts';
import { readHeader, type JoseHeader } from '../jwt/compact-jws.ts';
import type { Refusal } from '../jwt/token-refused.ts';
import { digest } from '../opaque.ts';
import { epochSeconds, type Now } from '../time.ts';
import type { RequestFacts } from './request-facts.ts';
import { sameUri } from './same-uri.ts';

/** A DPoP proof was rejected. The message is one of a fixed set of texts. */
export class ProofRefused extends Error {
  override readonly name = 'ProofRefused';
  readonly code: Refusal | 'missing' | 'method' | 'uri' | 'access-token';

  constructor(code: ProofRefused['code']) {
    super(`DPoP proof refused: ${code}`);
    this.code = code;
  }
}

export interface DpopOptions {
  readonly replayStore: StateStore;
  readonly clockToleranceSeconds: number;
  readonly now: Now;
}

/** Maximum age of a proof in seconds. */
const longestAge = 60;

/** Claims of a proof (RFC 9449, section 4.2). The length of `jti` is limited because it is stored. */
const schema = z.object({
  jti: z.string().min(1).max(256),
  htm: z.string(),
  htu: z.string(),
  iat: z.int(),
  ath: z.string().optional(),
});

/** Members that only a private or symmetric JWK has (RFC 7518, section 6); a proof must not contain them. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/**
 * Values that a proof has to match at a resource. Omitted at the token endpoint, where the proof determines
 * the key.
 */
export interface Bound {
  readonly accessTokenHash: string;
  /** Thumbprint of the key. */
  readonly jkt: string;
}

/** Checks a proof and returns the thumbprint of its key. @throws {ProofRefused} */
export type CheckProof = (facts: RequestFacts, bound?: Bound) => Promise<string>;

/**
 * Creates the checks of RFC 9449, section 4.3, in the sequence of that section. Replay is checked last, so
 * that only valid proofs are stored.
 */
export function createDpopCheck({ replayStore, clockToleranceSeconds, now }: DpopOptions): CheckProof {
  return async function checkProof(facts, bound) {
    const [proof, ...more] = facts.headers['dpop'] ?? [];
    if (proof === undefined) throw new ProofRefused('missing');
    if (more.length > 0) throw new ProofRefused('malformed');
    const { claims, jwk } = await verifiedProof(proof, now);

    if (claims.htm !== facts.method) throw new ProofRefused('method');
    if (!sameUri(claims.htu, facts.url)) throw new ProofRefused('uri');
    const age = epochSeconds(now) - claims.iat;
    if (age < -clockToleranceSeconds) throw new ProofRefused('not-yet-valid');
    if (age > longestAge + clockToleranceSeconds) throw new ProofRefused('expired');
    if (bound && claims.ath !== bound.accessTokenHash) throw new ProofRefused('access-token');
    const jkt = await calculateJwkThumbprint(jwk);
    if (bound && jkt !== bound.jkt) throw new ProofRefused('binding');

    const ttlMs = (longestAge + 2 * clockToleranceSeconds + 1) * 1000;
    const key = preTenantKey('replay', 'dpop', jkt, digest(claims.jti));
    if (!(await replayStore.add(key, '', ttlMs))) throw new ProofRefused('replayed');
    return jkt;
  };
}

async function verifiedProof(proof: string, now: Now) {
  const jwk = publicKeyIn(headerOf(proof));
  const { success, data } = schema.safeParse(await payloadOf(proof, now));
  if (!success) throw new ProofRefused('claims');
  return { claims: data, jwk };
}

function headerOf(proof: string): JoseHeader {
  try {
    return readHeader(proof);
  } catch {
    throw new ProofRefused('malformed');
  }
}

function publicKeyIn({ jwk, ...header }: JoseHeader): JWK {
  if ('crit' in header) throw new ProofRefused('header');
  if (typeof jwk !== 'object' || jwk === null || secretMembers.some((member) => member in jwk))
    throw new ProofRefused('header');
  return jwk;
}

async function payloadOf(proof: string, now: Now): Promise<unknown> {
  const currentDate = new Date(now());
  const options = { algorithms: [...signatureAlgorithms], typ: 'dpop+jwt', currentDate };
  try {
    return (await jwtVerify(proof, EmbeddedJWK, options)).payload;
  } catch (error) {
    // jose, WebCrypto and the JSON parser throw different types. All of their errors are caused by the key or
    // the text of the proof, so each of them rejects the proof.
    throw new ProofRefused(
      error instanceof errors.JWSSignatureVerificationFailed ? 'signature' : 'malformed',
    );
  }
}
