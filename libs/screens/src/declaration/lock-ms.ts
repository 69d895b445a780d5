/**
 * Milliseconds for which an idempotency key is locked, longer than any write may take: when a process dies with the lock,
 * the next request takes over after this.
 */
export const lockMs = 10_000;
