import type { StateKey, StateStore } from '@bff/service-kit';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** Counts the requests of one window. */
export interface WindowCounter {
  /**
   * Counts one request.
   * @param key identifies the client and the window
   * @param seconds time to live of the counter; at least the rest of the window
   * @returns the number of requests in the window, including this one; once the limit is used up, any number
   *   above the limit
   */
  count(key: StateKey, seconds: number): Promise<number>;
}

export interface LimiterPair {
  /**
   * Counts the requests of all replicas. Caches exhausted windows in this process. Rejects with
   * `StateUnavailable` while the store is down.
   */
  readonly shared: WindowCounter;
  /** Counts for this process alone. */
  readonly local: WindowCounter;
}

/**
 * Creates the counters of one limit. The library's Redis limiter is not used: it needs a Redis client, while
 * here the state store has the only connection, with its time-outs and key format (docs/adr/0016).
 */
export function createLimiters(store: StateStore, limit: number, windowSeconds: number): LimiterPair {
  const options = { points: limit, duration: windowSeconds, keyPrefix: '' };
  const counted = new RateLimiterMemory(options);
  const exhausted = new RateLimiterMemory(options);
  return {
    shared: {
      async count(key, seconds) {
        // A client far above its limit must not cost the store a command per request.
        const known = await exhausted.get(key);
        if (known) return known.consumedPoints;
        const count = await store.increment(key, 1, seconds * 1_000);
        if (count >= limit) await exhausted.block(key, seconds);
        return count;
      },
    },
    local: {
      async count(key, seconds) {
        // `penalty` counts like `consume`, but resolves with the count where `consume` would reject.
        const { consumedPoints } = await counted.penalty(key, 1, { customDuration: seconds });
        return consumedPoints;
      },
    },
  };
}
