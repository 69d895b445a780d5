import { StateUnavailable, type Logger, type StateKey, type StateStore } from '@bff/service-kit';
import { createLimiters, type LimiterPair } from './store-limiter.ts';

/** How many requests somebody may make in one window of time. */
export interface WindowPolicy {
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface WindowCount {
  /** This request included, or any number above the limit when it is used up. */
  readonly counted: number;
  /** Whole seconds until the window ends, rounded up. */
  readonly resetSeconds: number;
}

export interface WindowCountOptions {
  /** Shared by the replicas; while it is down, each counts for itself. */
  readonly store: StateStore;
  readonly log: Logger;
  /** Epoch milliseconds. Default: the system's. */
  readonly now?: (() => number) | undefined;
}

/** Milliseconds for which a store that failed is not asked again: a request waits for its time-out once, not each time. */
const storePauseMs = 1_000;
/** A replica whose clock is behind must find the counter of the window that ended a moment ago for the others. */
const clockSkewSeconds = 5;

/**
 * Fixed windows, aligned to the epoch, counted by one atomic increment in the shared store: N replicas together admit exactly
 * the limit per window.
 */
export function createWindowCount({ store, log, now = Date.now }: WindowCountOptions) {
  /** By policy, and gone with the directory that brought it. */
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
      if (now() >= storeFrom) log.warn('quotas are counted by this process alone: the store does not answer');
      storeFrom = now() + storePauseMs;
      return local.count(key, seconds);
    }
  }

  /** Counts one request. @param keyOf the key of one window, given its number */
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
