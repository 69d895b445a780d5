import type { FailureReason, Outcome } from '@bff/service-kit';
import type { FailureCause, ScreenFailure } from './aggregate-kinds.ts';
import type { Source } from './source.ts';

const causes: Readonly<Record<FailureReason, FailureCause>> = {
  timeout: 'timeout',
  open: 'unavailable',
  shed: 'unavailable',
  error: 'error',
  'bad-response': 'error',
};

/**
 * Returns how this outcome of a source fails its screen; undefined when the screen can still be composed:
 * with the answer, a stale answer or a fallback.
 */
export function failureOf(
  source: Source<never, object>,
  outcome: Outcome<object>,
): ScreenFailure | undefined {
  switch (outcome.kind) {
    case 'value':
      return undefined;
    case 'absent':
      return source.whenAbsent === 'fail' ? { cause: 'absent' } : undefined;
    case 'refused':
    case 'aborted':
      return source.required ? { cause: 'error' } : undefined;
    case 'failed': {
      if (!source.required || outcome.stale) return undefined;
      const { reason, retryAfterMs } = outcome;
      return { cause: causes[reason], ...(retryAfterMs !== undefined && { retryAfterMs }) };
    }
  }
}
