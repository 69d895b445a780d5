import type { NoAnswer } from '../sync-client.ts';
import type { PendingWrite } from './write-queue.ts';

const firstWaitMs = 1_000;
const longestWaitMs = 900_000;
/** Without a network no server is spared by waiting longer. */
const longestOfflineWaitMs = 60_000;

/** Exponential backoff with equal jitter; never before the `Retry-After`. Milliseconds. */
export function waitAfter(attempts: number, error: NoAnswer | undefined, random: () => number): number {
  const longest = error?.reason === 'offline' ? longestOfflineWaitMs : longestWaitMs;
  const ms = Math.min(longest, firstWaitMs * 2 ** Math.min(attempts - 1, 20));
  return Math.round(Math.max(error?.retryAfterMs ?? 0, ms * (0.5 + random() / 2)));
}

/**
 * Milliseconds until a write may be sent again. A clock that is set back before the last attempt ends the wait, and so does one
 * that is set forward: one attempt early for each jump, and never a year of waiting.
 */
export function waitLeft({ triedAt, waitMs }: PendingWrite, now: number): number {
  if (triedAt === undefined || now < triedAt) return 0;
  return Math.max(0, triedAt + waitMs - now);
}
