/** Why a source has no fresh value; the closed list of the wire contract. */
export type FailureReason = 'timeout' | 'open' | 'error' | 'shed' | 'bad-response';

/**
 * How the cache served an answer. `hit`: a fresh entry. `renewed`: a stale entry that is revalidated in the
 * background. `confirmed`: a stale entry that the upstream has just confirmed (304). `collapsed`: coalesced
 * with an identical call.
 */
export type CacheUse = 'hit' | 'renewed' | 'confirmed' | 'collapsed';

/** Why parts of a value that was composed of several calls failed, and what replaces these parts. */
export interface PartialLoss {
  readonly reason: FailureReason;
  readonly fallback: 'stale' | 'default';
  /** Age of the stale value in milliseconds; only with `fallback: 'stale'`. */
  readonly ageMs?: number;
}

/**
 * Result of an upstream call. Expected results are values; only a programming error throws.
 *
 * - `value`: the upstream answered; `ageMs` is set if the value is from a cache, `etag` and `lastModified`
 * are its validators.
 * - `absent`: 404 or 410.
 * - `refused`: another 4xx: the upstream works and rejects the request.
 * - `failed`: no usable answer; `stale` is an older value that may be served, `retryAfterMs` the upstream's
 * `Retry-After`.
 * - `aborted`: the caller disconnected first, so the result is not used.
 */
export type Outcome<T> =
  | {
      readonly kind: 'value';
      readonly value: T;
      readonly ageMs?: number;
      readonly etag?: string;
      /** `Last-Modified` of the upstream: milliseconds since 1970, in whole seconds. */
      readonly lastModified?: number;
      /**
       * When the upstream sent the value: its `Date`, or the time of arrival, in milliseconds since 1970. Set
       * with `lastModified`, which is a strong validator only if it is earlier (RFC 9110, section 8.8.2.2).
       */
      readonly currentAt?: number;
      /** How the cache served the value; undefined if the upstream answered this call itself. */
      readonly cache?: CacheUse;
      /** What is missing if the value was composed of several calls and some of them failed. */
      readonly partial?: PartialLoss;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason;
      readonly retryAfterMs?: number;
      readonly stale?: { readonly value: T; readonly ageMs: number };
    }
  | { readonly kind: 'aborted' };

/** Returns the outcome with its value, fresh and stale, replaced by the result of `transform`. */
export function mapOutcome<A, B>(outcome: Outcome<A>, transform: (value: A) => B): Outcome<B> {
  if (outcome.kind === 'value') return { ...outcome, value: transform(outcome.value) };
  if (outcome.kind === 'failed' && outcome.stale)
    return { ...outcome, stale: { value: transform(outcome.stale.value), ageMs: outcome.stale.ageMs } };
  return outcome as Outcome<B>;
}

/** One source of a screen that did not answer freshly, as listed in `_meta.degraded`. */
export interface Degradation {
  readonly source: string;
  readonly reason: FailureReason;
  readonly fallback: 'stale' | 'tenant' | 'default';
  /** Age of the stale value in milliseconds; only with `fallback: 'stale'`. */
  readonly age_ms?: number;
}
