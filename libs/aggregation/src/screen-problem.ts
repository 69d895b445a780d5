import { Problem, type ProblemType } from '@bff/service-kit';
import type { Aggregate, FailureCause } from './aggregate-kinds.ts';

const problemOf: Readonly<Record<FailureCause, ProblemType>> = {
  absent: 'not-found',
  timeout: 'upstream-timeout',
  unavailable: 'unavailable',
  error: 'upstream-failed',
};
/** `Retry-After` in milliseconds when no upstream sent one. */
const defaultRetryAfterMs = 5_000;

/** Returns the problem response when a screen cannot be composed. It does not name the failed source. */
export function screenProblem(result: Exclude<Aggregate<object>, { kind: 'view' }>): Problem {
  if (result.kind === 'aborted') return new Problem('request-timeout');
  const type = result.kind === 'lost' ? 'unavailable' : problemOf[result.cause];
  if (type === 'not-found' || type === 'upstream-failed') return new Problem(type);
  const seconds = Math.max(1, Math.ceil((result.retryAfterMs ?? defaultRetryAfterMs) / 1_000));
  return new Problem(type, { headers: { 'Retry-After': String(seconds) } });
}
