import type { CacheUse, Degradation } from '@bff/service-kit';

export interface SourceTiming {
  readonly source: string;
  /** Milliseconds until it answered or was given up. */
  readonly durationMs: number;
  /** `stale`: a copy stood in for an answer that failed. Undefined: no cache had part in it. */
  readonly cache: CacheUse | 'stale' | undefined;
}

/** Why a source fails its screen: 404, 504, 503 and 502 of the screen, in this order. */
export type FailureCause = 'absent' | 'timeout' | 'unavailable' | 'error';

/**
 * What a screen came to.
 *
 * - `view`: something to show; complete when `degraded` is empty. `degradedFields` are all fields of the degraded
 *   sources, `timings` are of all sources. Every list is in the order of declaration. `lastModified` is the latest
 *   modification date of all sources, in milliseconds since 1970; undefined unless every source gave one.
 * - `lost`: every source is lost and nothing stale is at hand.
 * - `failed`: a source without which the screen makes no sense has no answer.
 * - `aborted`: the client went away.
 *
 * `retryAfterMs` is the upstream's wish, the smallest when there are several.
 */
export type Aggregate<View extends object> =
  | {
      readonly kind: 'view';
      readonly view: View;
      readonly degraded: readonly Degradation[];
      readonly degradedFields: readonly string[];
      readonly lastModified?: number | undefined;
      readonly timings: readonly SourceTiming[];
    }
  | { readonly kind: 'lost'; readonly degraded: readonly Degradation[]; readonly retryAfterMs?: number }
  | ({ readonly kind: 'failed'; readonly source: string } & ScreenFailure)
  | { readonly kind: 'aborted' };

export interface ScreenFailure {
  readonly cause: FailureCause;
  readonly retryAfterMs?: number;
}
