import { randomBytes } from 'node:crypto';
import { createSeal } from '../login/seal.ts';
import type { Now } from '../time.ts';

/** What a renewal token holds. Only its client has it, and only we can open it. */
export interface Renewal {
  /** The provider's. */
  readonly refreshToken: string;
  /** Public id of the session that it belongs to. */
  readonly sessionId: string;
  /** The opaque token that a refresh returns again, where the client has no cookie to keep it in. */
  readonly accessToken?: string | undefined;
  /** Counts up with each successor. */
  readonly generation: number;
  /** Digests of the tokens under which this one was stored; whoever presents this one has no need of them any more. */
  readonly storedUnder: readonly string[];
  /** 256 random bits, from which the key that seals the successor is made. */
  readonly secret: string;
}

export interface RenewalTokens {
  /** @throws {RangeError} when it would be longer than `maxLength` */
  mint(renewal: Omit<Renewal, 'secret'>, ttlSeconds: number): string;
  /** Undefined for what is forged, truncated, expired, or sealed for another app. */
  open(text: string): Renewal | undefined;
}

export interface RenewalTokensOptions {
  /** Of 32 bytes each; the first seals, all open. */
  readonly keys: readonly Buffer[];
  /** Distinguishes apps that have the same keys. */
  readonly app: string;
  /** Longest token in characters. Default: what fits into a cookie. */
  readonly maxLength?: number;
  readonly now?: Now;
}

/** Renewal tokens: the provider's refresh token, sealed by us and kept by the client alone. */
export function createRenewalTokens({ keys, app, maxLength, now }: RenewalTokensOptions): RenewalTokens {
  const seal = createSeal(keys, { maxLength, now });
  const purpose = `${app} renewal`;
  return {
    mint: (renewal, ttlSeconds) =>
      seal.seal({ ...renewal, secret: randomBytes(32).toString('base64url') }, purpose, ttlSeconds),
    open: (text) => seal.open(text, purpose) as Renewal | undefined,
  };
}
