import { StateUnavailable, type Logger, type StateKey, type StateStore } from '@bff/service-kit';
import { createLimiters, type LimiterPair } from './store-limiter.ts';

/** Maximum number of requests in one window. */
export interface WindowPolicy {
  readonly limit: number;
  readonly windowSeconds: number;
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
 * Creates a fixed-window counter. Windows are aligned to the epoch and counted by one atomic increment in the
 * shared store, so that all replicas together admit exactly the limit per window.
 */
export function createWindowCount({ store, log, now = Date.now }: WindowCountOptions) {
  /** Limiters by policy, garbage-collected with the tenant directory that has the policy. */
  const limiters = new WeakMap<WindowPolicy, LimiterPair>();
  let storeFrom = 0;

  function limitersOf(policy: WindowPolicy): LimiterPair {
    const known = limiters.get(policy) ?? createLimiters(store, policy.limit, policy.windowSeconds);
    limiters.set(policy, known);
    return known;
  }

  async function count({ shared, local }: LimiterPair, key: StateKey, secondsLeft: number): Promise<number> {
    const seconds = secondsLeft + clockSkewSeconds;
    if (now() < storeFrom) return local.count(key, seconds);
    try {
      return await shared.count(key, seconds);
    } catch (error) {
      if (!(error instanceof StateUnavailable)) throw error;
      if (now() >= storeFrom) log.warn('state store is not responding: each process counts quotas alone');
      storeFrom = now() + storePauseMs;
      return local.count(key, seconds);
    }
  }

  /** Counts one request. @param keyOf returns the key of a window, given its number */
  return async function countRequest(
    policy: WindowPolicy,
    keyOf: (window: string) => StateKey,
  ): Promise<WindowCount> {
    const windowMs = policy.windowSeconds * 1_000;
    const at = now();
    const window = Math.floor(at / windowMs);
    const resetSeconds = Math.ceil(((window + 1) * windowMs - at) / 1_000);
    const counted = await count(limitersOf(policy), keyOf(String(window)), resetSeconds);
    return { counted, resetSeconds };
  };
}
