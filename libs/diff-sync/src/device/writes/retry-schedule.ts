import type { NoAnswer } from '../sync-client.ts';
import type { PendingWrite } from './write-queue.ts';

const firstWaitMs = 1_000;
const longestWaitMs = 900_000;
/** Longest wait while offline. It is short, because attempts without a network put no load on a server. */
const longestOfflineWaitMs = 60_000;

/** Returns the wait in milliseconds: exponential backoff with equal jitter, at least `Retry-After`. */
export function waitAfter(attempts: number, error: NoAnswer | undefined, random: () => number): number {
  const longest = error?.reason === 'offline' ? longestOfflineWaitMs : longestWaitMs;
  const ms = Math.min(longest, firstWaitMs * 2 ** Math.min(attempts - 1, 20));
  return Math.round(Math.max(error?.retryAfterMs ?? 0, ms * (0.5 + random() / 2)));
}

/**
 * Returns the milliseconds until a write may be sent again. Setting the clock back before the last attempt,
 * or forward, ends the wait: a jump costs one early attempt, but never causes a wait of years.
 */
export function waitLeft({ triedAt, waitMs }: PendingWrite, now: number): number {
  if (triedAt === undefined || now < triedAt) return 0;
  return Math.max(0, triedAt + waitMs - now);
}
