import { StateUnavailable, type Logger, type StateKey, type StateStore } from '@bff/service-kit';
import { createWindowCounters } from './window-counters.ts';

/** Maximum number of requests in one window. */
export interface WindowPolicy {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** The current window of a policy, for one client. */
export interface CountedWindow {
  readonly policy: WindowPolicy;
  /** Returns the key of a window, given its number. */
  readonly keyOf: (window: string) => StateKey;
}

export interface WindowCount {
  /** Number of requests in the window, this one included. Not exact when it is above the limit. */
  readonly counted: number;
  /** Seconds until the window ends, rounded up. */
  readonly resetSeconds: number;
}

export interface WindowCountOptions {
  /** Shared by the replicas; while it is down, each replica counts alone. */
  readonly store: StateStore;
  readonly log: Logger;
  /** Returns milliseconds since 1970. default `Date.now` */
  readonly now?: (() => number) | undefined;
}

/** Milliseconds for which a failed store is not called, so that not every request waits for the time-out. */
const storePauseMs = 1_000;
/** Seconds for which a counter outlives its window, because the clock of a replica may be behind. */
const clockSkewSeconds = 5;

/**
 * Creates a fixed-window counter. Windows are aligned to the epoch and counted by one atomic command in the
 * shared store, so that all replicas together admit exactly the limit per window.
 */
export function createWindowCount({ store, log, now = Date.now }: WindowCountOptions) {
  const { shared, local } = createWindowCounters(store);
  let storeFrom = 0;

  /**
   * Counts one request in each window in the given order, and stops after the first window whose limit it
   * exceeds. All windows must belong to one tenant. @returns the counts of the windows up to that one
   */
  return async function countRequest(windows: readonly CountedWindow[]): Promise<readonly WindowCount[]> {
    const at = now();
    const resets = windows.map(({ policy }) => secondsLeft(policy, at));
    const counters = windows.map(({ policy: { limit, windowSeconds }, keyOf }, index) => ({
      key: keyOf(String(Math.floor(at / (windowSeconds * 1_000)))),
      limit,
      ttlMs: ((resets[index] as number) + clockSkewSeconds) * 1_000,
    }));
    const windowCountsOf = (counts: readonly number[]): WindowCount[] =>
      counts.map((counted, index) => ({ counted, resetSeconds: resets[index] as number }));

    if (at < storeFrom) return windowCountsOf(await local(counters));
    try {
      return windowCountsOf(await shared(counters));
    } catch (error) {
      if (!(error instanceof StateUnavailable)) throw error;
      if (now() >= storeFrom) log.warn('state store is not responding: each process counts quotas alone');
      storeFrom = now() + storePauseMs;
      return windowCountsOf(await local(counters));
    }
  };
}

function secondsLeft({ windowSeconds }: WindowPolicy, at: number): number {
  const windowMs = windowSeconds * 1_000;
  return Math.ceil((windowMs - (at % windowMs)) / 1_000);
}
