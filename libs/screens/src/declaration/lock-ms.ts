/**
 * Exclusive upper bound of the budget of a write, in milliseconds. No upstream call of a write is made when
 * this time has passed since the request.
 */
export const maxWriteMs = 10_000;

/**
 * Milliseconds for which an idempotency key is locked. This is longer than any write plus a failover of the
 * store, during which the result cannot be recorded. If a process ends while it holds the lock, the next
 * request with this key takes over after this time.
 */
export const lockMs = 30_000;
