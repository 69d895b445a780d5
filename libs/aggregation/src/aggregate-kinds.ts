import type { CacheUse, Degradation } from '@bff/service-kit';

export interface SourceTiming {
  readonly source: string;
  /** Milliseconds until the source answered or was abandoned. */
  readonly durationMs: number;
  /** `stale`: a stale answer replaced a failed call. Undefined: no cache was involved. */
  readonly cache: CacheUse | 'stale' | undefined;
}

/** Why a source fails its screen. The screen answers 404, 504, 503 and 502 respectively. */
export type FailureCause = 'absent' | 'timeout' | 'unavailable' | 'error';

/**
 * The result of a screen.
 *
 * - `view`: a view could be composed. It is complete when `degraded` is empty. `degradedFields` are the
 * fields of all degraded sources; `timings` has one entry per source. Lists are in the order of declaration.
 * `lastModified` is the latest modification date of all sources, in milliseconds since 1970; undefined unless
 * every source has one. `usesFallback`: a fallback of a source or of the tenant supplies a member.
 * - `lost`: no source has an answer, fresh or stale.
 * - `failed`: a required source has no answer.
 * - `aborted`: the client disconnected.
 *
 * `retryAfterMs` is the smallest value of the failed sources.
 */
export type Aggregate<View extends object> =
  | {
      readonly kind: 'view';
      readonly view: View;
      readonly degraded: readonly Degradation[];
      readonly degradedFields: readonly string[];
      readonly usesFallback: boolean;
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
