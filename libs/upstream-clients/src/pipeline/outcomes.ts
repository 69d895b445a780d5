import type { FailureReason, Outcome } from '@bff/service-kit';

export const aborted: Outcome<never> = { kind: 'aborted' };
export const absent: Outcome<never> = { kind: 'absent' };

export function failed(reason: FailureReason, retryAfterMs?: number): Outcome<never> {
  return retryAfterMs === undefined ? { kind: 'failed', reason } : { kind: 'failed', reason, retryAfterMs };
}
