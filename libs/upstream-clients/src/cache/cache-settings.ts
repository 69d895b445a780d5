import type { Clock, StateStore } from '@bff/service-kit';
import { z } from 'zod';
import type { CacheParts } from './operation-cache.ts';
import { parseOptions } from '../pipeline/parse-options.ts';
import { ResponseCache } from './response-cache.ts';
import { SharedCache } from './shared-cache.ts';

export interface CacheOptions {
  /**
   * Maximum of the estimated bytes of all entries in this process, at least 256 KiB. 0 disables the cache and
   * the shared store. Default: 16 MiB.
   */
  readonly maxBytes?: number;
  /**
   * How long after its freshness lifetime an answer may be served stale when the service fails, in
   * milliseconds, for upstreams that send no `stale-if-error`. 0: stale answers are served only if the
   * upstream sends `stale-if-error`. Default: 10 minutes.
   */
  readonly staleIfErrorMs?: number;
  /**
   * Store of the cache that replicas share, for answers with an explicit freshness lifetime. Default: each
   * replica has only its own cache.
   */
  readonly store?: StateStore;
}

/** Minimum of `maxBytes`: one identity may use 1/64 of `maxBytes`, which should hold at least one answer. */
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
 * Creates the cache of a process; returns undefined when it is switched off.
 * @throws {TypeError} that lists every setting that is wrong
 */
export function createCache(
  { store, ...settings }: CacheOptions,
  clock: Clock,
  now: () => number,
): CacheParts | undefined {
  const { maxBytes, staleIfErrorMs } = parseOptions(schema, 'cache', settings);
  if (maxBytes === 0) return undefined;
  const shared = store && new SharedCache({ store, staleIfErrorMs, clock, now });
  return { responses: new ResponseCache(maxBytes), shared, staleIfErrorMs, now };
}
