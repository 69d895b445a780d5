import type { Deadline } from '@bff/service-kit';

/**
 * Whether a call that begins now has at least half of its budget. A time-out of one that had less says more about the
 * caller, who came late, than about the upstream.
 */
export function hasFairShare(deadline: Deadline, budgetMs: number): boolean {
  return deadline.remaining() >= budgetMs / 2;
}
