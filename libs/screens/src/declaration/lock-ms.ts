/** Milliseconds; the budget of a write is below it, so that no call is made later than this after its request. */
export const maxWriteMs = 10_000;

/**
 * Milliseconds for which an idempotency key is locked: longer than any write may take, and than a failover of the store after
 * it, in which the write cannot be recorded. When a process dies with the lock, the next request takes over after this.
 */
export const lockMs = 30_000;
