import { LruCache } from '../core/lru-cache.ts';
import type { Owner } from './admission-queue.ts';

const maxNamed = 50;
/** Event-loop time in milliseconds after which a tenant gets a label with its id. */
const namedAfterMs = 1_000;
export const unnamed = { unauthenticated: 'unauthenticated', other: 'other' } as const;

/**
 * Creates the function that returns the tenant label of a metric: the id of a tenant that has used the event
 * loop for a second, `other` for the rest. At most 50 tenants get their id, because ten thousand label values
 * would be too many. A tenant keeps its label, because rates need stable labels.
 */
export function boundedTenants(): (owner: Owner, ms: number) => string {
  const named = new Set<Owner>();
  const used = new LruCache<number>(10_000);
  return function labelOf(owner, ms) {
    if (owner === undefined) return unnamed.unauthenticated;
    if (named.has(owner)) return owner;
    const total = (used.get(owner) ?? 0) + ms;
    used.set(owner, total);
    if (total < namedAfterMs || named.size >= maxNamed) return unnamed.other;
    named.add(owner);
    used.delete(owner);
    return owner;
  };
}
