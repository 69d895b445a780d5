import { Problem, type FailureReason, type Outcome, type ProblemType } from '@bff/service-kit';
import type { FailureCause } from './aggregate-kinds.ts';
import { screenProblem } from './screen-problem.ts';

/**
 * Refusals that are about what the client sent. Any other (401, 428) is about how we asked, and no fault of the
 * client's.
 */
const refusals: Readonly<Record<number, ProblemType>> = {
  400: 'unprocessable',
  403: 'forbidden',
  409: 'conflict',
  412: 'precondition-failed',
  422: 'unprocessable',
};

/** Shed or not let through, the write was not made; after the others it may have been. */
const causes: Readonly<Partial<Record<FailureReason, FailureCause>>> = {
  timeout: 'timeout',
  open: 'unavailable',
  shed: 'unavailable',
};

/**
 * What a client is told of a write that came to nothing. A stale copy says nothing about a write, and of an upstream's
 * own words nothing is repeated.
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
