import type { Deadline } from '@bff/service-kit';

/**
 * Returns whether a call that starts now has at least half of its budget. A time-out of a call with less
 * shows a late caller rather than a slow upstream.
 */
export function hasEnoughBudget(deadline: Deadline, budgetMs: number): boolean {
  return deadline.remaining() >= budgetMs / 2;
}
