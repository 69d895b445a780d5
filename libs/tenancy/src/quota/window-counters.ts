import type { LimitedCounter, StateStore } from '@bff/service-kit';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/**
 * Adds one request to each counter in the given order, and stops after the first whose limit it exceeds.
 * @returns the number of requests in each window up to that one, including this request; once the limit is
 *   used up, any number above the limit
 */
export type CountWindows = (counters: readonly LimitedCounter[]) => Promise<readonly number[]>;

export interface WindowCounters {
  /**
   * Counts the requests of all replicas. Caches exhausted windows in this process. Rejects with
   * `StateUnavailable` while the store is down.
   */
  readonly shared: CountWindows;
  /** Counts the requests of this process alone. */
  readonly local: CountWindows;
}

/**
 * Creates the shared and the local counters. The library's Redis limiter is not used: it needs a Redis
 * client, while here the state store has the only connection, with its time-outs and key format
 * (docs/adr/0016).
 */
export function createWindowCounters(store: StateStore): WindowCounters {
  // Every key has its own limit and time to live, so `points` and `duration` are never used.
  const options = { points: Number.MAX_SAFE_INTEGER, duration: 1, keyPrefix: '' };
  const counted = new RateLimiterMemory(options);
  const exhausted = new RateLimiterMemory(options);

  /** Returns the counters before the first exhausted one, and the count of that one. */
  async function unexhausted(counters: readonly LimitedCounter[]) {
    for (const [index, counter] of counters.entries()) {
      const known = await exhausted.get(identityOf(counter));
      if (known) return { open: counters.slice(0, index), known: known.consumedPoints };
    }
    return { open: counters, known: undefined };
  }

  return {
    async shared(counters) {
      // A client far above its limit must not cost the store a command per request.
      const { open, known } = await unexhausted(counters);
      const counts = open.length === 0 ? [] : await store.count(open);
      for (const [index, count] of counts.entries()) {
        const counter = open[index] as LimitedCounter;
        if (count >= counter.limit) await exhausted.block(identityOf(counter), counter.ttlMs / 1_000);
        if (count > counter.limit) return counts;
      }
      return known === undefined ? counts : [...counts, known];
    },
    async local(counters) {
      const counts: number[] = [];
      for (const { key, limit, ttlMs } of counters) {
        // `penalty` counts like `consume`, but resolves with the count where `consume` would reject.
        const { consumedPoints } = await counted.penalty(key, 1, { customDuration: ttlMs / 1_000 });
        counts.push(consumedPoints);
        if (consumedPoints > limit) break;
      }
      return counts;
    },
  };
}

/** Returns the key of a counter with its limit, so that a raised limit applies at once. */
const identityOf = ({ key, limit }: LimitedCounter): string => `${limit} ${key}`;
