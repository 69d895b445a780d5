import { RecentlyUsed } from '../core/recently-used.ts';
import type { Owner } from './admission-queue.ts';

const maxNamed = 50;
/** Milliseconds of the event loop after which a tenant is named. */
const namedAfterMs = 1_000;
export const unnamed = { unauthenticated: 'unauthenticated', other: 'other' } as const;

/**
 * Labels tenants for metrics: those that use the event loop most by their ids, all others together, because there may be ten
 * thousand tenants. A label never changes its meaning, so that rates are right.
 */
export function boundedTenants(): (owner: Owner, ms: number) => string {
  const named = new Set<Owner>();
  const used = new RecentlyUsed<number>(10_000);
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
