import { Problem, type FailureReason, type Outcome, type ProblemType } from '@bff/service-kit';
import type { FailureCause } from './aggregate-kinds.ts';
import { screenProblem } from './screen-problem.ts';

/** Refusals caused by the client's request. Others (401, 428) are caused by the request of the BFF. */
const refusals: Readonly<Record<number, ProblemType>> = {
  400: 'unprocessable',
  403: 'forbidden',
  409: 'conflict',
  412: 'precondition-failed',
  422: 'unprocessable',
};

/** After shed and open the write was not made; after the others it may have been. */
const causes: Readonly<Partial<Record<FailureReason, FailureCause>>> = {
  timeout: 'timeout',
  open: 'unavailable',
  shed: 'unavailable',
};

/**
 * Returns the problem response for a failed write. A stale answer does not help a write, and no text of the
 * upstream is repeated.
 */
export function writeProblem(outcome: Exclude<Outcome<unknown>, { kind: 'value' }>): Problem {
  switch (outcome.kind) {
    case 'absent':
      return new Problem('not-found');
    case 'refused':
      return new Problem(refusals[outcome.status] ?? 'upstream-failed');
    case 'aborted':
      return screenProblem(outcome);
    case 'failed': {
      const { reason, retryAfterMs } = outcome;
      const cause = causes[reason] ?? 'error';
      return screenProblem({
        kind: 'failed',
        source: 'write',
        cause,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      });
    }
  }
}
