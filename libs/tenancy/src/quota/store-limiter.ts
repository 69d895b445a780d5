import { type StateKey, type StateStore } from '@bff/service-kit';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';

export interface LimiterPair {
  /** Counts for all replicas; a window known to be used up is remembered here and costs the store nothing. */
  readonly shared: RateLimiterRedis;
  /** Counts for this process alone. */
  readonly local: RateLimiterMemory;
}

/**
 * The limiters of one limit. `rate-limiter-flexible` asks ioredis for the one command `rlflxIncr`, which it defines
 * there as a script; here the state store answers it, so that there is one connection, and a key is a {@link StateKey}.
 */
export function createLimiters(store: StateStore, limit: number, windowSeconds: number): LimiterPair {
  const common = { points: limit, duration: windowSeconds, keyPrefix: '' };
  return {
    shared: new RateLimiterRedis({
      ...common,
      storeClient: {
        async rlflxIncr([key, points, seconds]: [StateKey, string, string]) {
          const ttlMs = Number(seconds) * 1_000;
          return [await store.increment(key, Number(points), ttlMs), ttlMs];
        },
      },
      inMemoryBlockOnConsumed: limit,
    }),
    local: new RateLimiterMemory(common),
  };
}
