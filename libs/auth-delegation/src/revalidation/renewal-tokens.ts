import { randomBytes } from 'node:crypto';
import { createSeal } from '../login/seal.ts';
import type { Now } from '../time.ts';

/** Content of a renewal token. Only its client has the token, and only this BFF can open it. */
export interface Renewal {
  /** Refresh token of the provider. */
  readonly refreshToken: string;
  /** Public id of the session that the token renews. */
  readonly sessionId: string;
  /** Opaque access token of the session, for a client without a cookie. */
  readonly accessToken?: string | undefined;
  /** Number of tokens that this token has replaced, one after the other. */
  readonly generation: number;
  /**
   * Digests of the predecessors that the client may still present: the keys under which the store has their
   * successors. These entries are deleted when the client presents this token.
   */
  readonly storedUnder: readonly string[];
  /** 256 random bits, from which the key that seals the successor is derived. */
  readonly secret: string;
}

export interface RenewalTokens {
  /** Creates a token. @throws {RangeError} when it would be longer than `maxLength` */
  mint(renewal: Omit<Renewal, 'secret'>, ttlSeconds: number): string;
  /** Returns the content; undefined if the token is forged, truncated, expired, or of another app. */
  open(text: string): Renewal | undefined;
}

export interface RenewalTokensOptions {
  /** Keys of 32 bytes each; the first seals, all open. */
  readonly keys: readonly Buffer[];
  /** Distinguishes apps that have the same keys. */
  readonly app: string;
  /** Maximum characters of a token. default: the length that fits into a cookie */
  readonly maxLength?: number;
  readonly now?: Now;
}

/** Creates renewal tokens: the provider's refresh token, sealed by this BFF and stored by the client only. */
export function createRenewalTokens({ keys, app, maxLength, now }: RenewalTokensOptions): RenewalTokens {
  const seal = createSeal(keys, { maxLength, now });
  const purpose = `${app} renewal`;
  return {
    mint: (renewal, ttlSeconds) =>
      seal.seal({ ...renewal, secret: randomBytes(32).toString('base64url') }, purpose, ttlSeconds),
    open: (text) => seal.open(text, purpose) as Renewal | undefined,
  };
}
