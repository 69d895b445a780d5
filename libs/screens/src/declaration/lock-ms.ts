/**
 * Upper bound of the budget of a write, exclusive, in milliseconds: no upstream call is made later than this
 * after the request.
 */
export const maxWriteMs = 10_000;

/**
 * Milliseconds for which an idempotency key is locked: longer than any write plus a failover of the store
 * after it, during which the result cannot be recorded. When a process dies while it holds the lock, the next
 * request takes over after this.
 */
export const lockMs = 30_000;
