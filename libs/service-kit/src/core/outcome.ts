/** Why a source has no fresh value. The closed list of the wire contract. */
export type FailureReason = 'timeout' | 'open' | 'error' | 'shed' | 'bad-response';

/**
 * How a cache came into an answer: `hit`, a fresh copy; `renewed`, a stale one that is being asked for again behind the answer;
 * `confirmed`, a stale one that the upstream has just called current; `collapsed`, the answer to somebody's identical call.
 */
export type CacheUse = 'hit' | 'renewed' | 'confirmed' | 'collapsed';

/** What replaces the lost parts of a value that was put together from several calls. */
export interface PartialLoss {
  readonly reason: FailureReason;
  readonly fallback: 'stale' | 'default';
  /** Milliseconds; only with `fallback: 'stale'`. */
  readonly ageMs?: number;
}

/**
 * What an upstream call came to. Expected outcomes are values; only a programming error throws.
 *
 * - `value`: the upstream answered; `ageMs` when the value is from a cache, `etag` and `lastModified` its validators.
 * - `absent`: 404 or 410.
 * - `refused`: another 4xx: the upstream works and says no.
 * - `failed`: no usable answer; `stale` is an older value that may stand in, `retryAfterMs` the upstream's wish.
 * - `aborted`: the caller went away first; nobody waits for this.
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
       * Beside `lastModified`: the `Date` of the upstream's answer, in the same unit. The value was current then; a later
       * change has a later date.
       */
      readonly currentAt?: number;
      /** Left out: the upstream answered this very call. */
      readonly cache?: CacheUse;
      /** The value was put together from several calls, and some of them were lost: their part is a fallback. */
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

/** The outcome with its value (fresh and stale) replaced by what `transform` makes of it. */
export function mapOutcome<A, B>(outcome: Outcome<A>, transform: (value: A) => B): Outcome<B> {
  if (outcome.kind === 'value') return { ...outcome, value: transform(outcome.value) };
  if (outcome.kind === 'failed' && outcome.stale)
    return { ...outcome, stale: { value: transform(outcome.stale.value), ageMs: outcome.stale.ageMs } };
  return outcome as Outcome<B>;
}

/** One source of a screen that did not answer freshly, as it is told to the client in `_meta.degraded`. */
export interface Degradation {
  readonly source: string;
  readonly reason: FailureReason;
  readonly fallback: 'stale' | 'tenant' | 'default';
  /** Milliseconds; only with `fallback: 'stale'`. */
  readonly age_ms?: number;
}
