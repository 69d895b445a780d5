import { expect, test } from '@jest/globals';
import type { Outcome, ProblemType } from '@bff/service-kit';
import { writeProblem } from '../src/index.ts';

const stale = { value: 'never shown', ageMs: 1 };

test.each<[Exclude<Outcome<unknown>, { kind: 'value' }>, ProblemType, retryAfter: string | undefined]>([
  [{ kind: 'absent' }, 'not-found', undefined],
  [{ kind: 'refused', status: 400 }, 'unprocessable', undefined],
  [{ kind: 'refused', status: 422 }, 'unprocessable', undefined],
  [{ kind: 'refused', status: 403 }, 'forbidden', undefined],
  [{ kind: 'refused', status: 409 }, 'conflict', undefined],
  [{ kind: 'refused', status: 412 }, 'precondition-failed', undefined],
  [{ kind: 'refused', status: 401 }, 'upstream-failed', undefined],
  [{ kind: 'refused', status: 428 }, 'upstream-failed', undefined],
  [{ kind: 'failed', reason: 'timeout' }, 'upstream-timeout', '5'],
  [{ kind: 'failed', reason: 'timeout', stale }, 'upstream-timeout', '5'],
  [{ kind: 'failed', reason: 'open', retryAfterMs: 7_001 }, 'unavailable', '8'],
  [{ kind: 'failed', reason: 'shed' }, 'unavailable', '5'],
  [{ kind: 'failed', reason: 'error' }, 'upstream-failed', undefined],
  [{ kind: 'failed', reason: 'bad-response' }, 'upstream-failed', undefined],
  [{ kind: 'aborted' }, 'request-timeout', undefined],
])('a write with the outcome %j is answered with the problem %s', (outcome, type, retryAfter) => {
  const problem = writeProblem(outcome);
  expect(problem.type).toBe(type);
  expect(problem.headers['Retry-After']).toBe(retryAfter);
});
