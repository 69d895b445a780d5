import { Problem, type FailureReason, type Outcome, type ProblemType } from '@bff/service-kit';
import type { FailureCause } from './aggregate-kinds.ts';
import { screenProblem } from './screen-problem.ts';

/**
 * Problem types by the upstream's status, for errors that the client's request caused. Other statuses (401,
 * 428) are caused by the BFF's own request.
 */
const refusals: Readonly<Record<number, ProblemType>> = {
  400: 'unprocessable',
  403: 'forbidden',
  409: 'conflict',
  412: 'precondition-failed',
  422: 'unprocessable',
};

/**
 * Failure causes by the reason of the failed call; every other reason is an `error`. With `open` and `shed`
 * the upstream did not execute the write: the BFF did not send it, or the upstream answered 429. With every
 * other reason the upstream may have executed the write.
 */
const causes: Readonly<Partial<Record<FailureReason, FailureCause>>> = {
  timeout: 'timeout',
  open: 'unavailable',
  shed: 'unavailable',
};

/**
 * Returns the problem response for a failed write. Ignores a stale answer, which is useless for a write, and
 * repeats no text of the upstream.
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
