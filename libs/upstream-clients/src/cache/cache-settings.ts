import type { Clock, StateStore } from '@bff/service-kit';
import { z } from 'zod';
import type { CacheParts } from './operation-copies.ts';
import { parseOptions } from '../pipeline/parse-options.ts';
import { ResponseCache } from './response-cache.ts';
import { SharedCopies } from './shared-copies.ts';

export interface CacheOptions {
  /** Of this process, estimated. 0: no cache, not even in the store. Else at least 256 KiB. Default: 16 MiB. */
  readonly maxBytes?: number;
  /**
   * For how long an answer may stand in for one that failed, in milliseconds after it stopped to be fresh, where the upstream
   * does not say it. 0: only where it does. Default: 10 minutes.
   */
  readonly staleIfErrorMs?: number;
  /** Shared by all replicas, for what upstreams allow to be used without asking. Default: none. */
  readonly store?: StateStore;
}

/** One owner gets a part of it, which is to hold an answer at least. */
export const leastCacheBytes = 262_144;

const schema = z.strictObject({
  maxBytes: z
    .int()
    .min(0)
    .refine((bytes) => bytes === 0 || bytes >= leastCacheBytes, `must be 0 or at least ${leastCacheBytes}`)
    .default(16_777_216),
  staleIfErrorMs: z.int().min(0).max(86_400_000).default(600_000),
});

/**
 * The cache of a process, or undefined when it is switched off.
 *
 * @throws {TypeError} that lists every setting that is wrong
 */
export function createCache(
  { store, ...settings }: CacheOptions,
  clock: Clock,
  now: () => number,
): CacheParts | undefined {
  const { maxBytes, staleIfErrorMs } = parseOptions(schema, 'cache', settings);
  if (maxBytes === 0) return undefined;
  const shared = store && new SharedCopies({ store, staleIfErrorMs, clock, now });
  return { responses: new ResponseCache(maxBytes), shared, staleIfErrorMs, now };
}
