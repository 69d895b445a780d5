import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { OverheadCase } from './measure-in-turns.ts';

/** Far above the number of measured calls, so that no call exceeds the limit. */
const limit = 1_000_000_000;
const seconds = 60;
const options = { points: limit, duration: seconds, keyPrefix: '' };

/** Simulates the state store. */
let counted = 0;
const increment = async (): Promise<number> => ++counted;

const redisLimiter = new RateLimiterRedis({
  ...options,
  storeClient: { rlflxIncr: async () => [await increment(), seconds * 1_000] },
  inMemoryBlockOnConsumed: limit,
});
const exhausted = new RateLimiterMemory(options);

export const limiterCases: readonly OverheadCase[] = [
  {
    name: 'rate-limiter-flexible: Redis limiter on a private command',
    call: () => redisLimiter.consume('key', 1, { customDuration: seconds }),
  },
  {
    name: 'rate-limiter-flexible: memory limiter beside the store',
    async call() {
      const known = await exhausted.get('key');
      if (known) return known.consumedPoints;
      const count = await increment();
      if (count >= limit) await exhausted.block('key', seconds);
      return count;
    },
  },
];
