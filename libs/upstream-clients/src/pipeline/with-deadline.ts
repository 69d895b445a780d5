import type { Call, Stage } from './call.ts';
import { aborted, failed } from './outcomes.ts';
import { ScopeWithDeadline } from './scope-with-deadline.ts';

const noTimeLeft = failed('timeout');
/**
 * How long before its caller's deadline a call times out, in milliseconds; at most a tenth of the remaining
 * time.
 */
const marginMs = 10;

/**
 * Limits a call to `budgetMs` and to the caller's remaining time; makes no call with less than a millisecond
 * left. The transport enforces the deadline of the scope that it gets.
 */
export function withDeadline(budgetMs: number): Stage {
  return <T>(next: Call<T>): Call<T> =>
    (request, scope) => {
      if (scope.deadline.signal.aborted) return Promise.resolve(aborted);
      const remaining = scope.deadline.remaining();
      // Times out slightly before the caller, so that the fallback still arrives in time.
      const deadline = scope.deadline.within(
        Math.min(budgetMs, remaining - Math.min(marginMs, remaining / 10)),
      );
      if (deadline.remaining() < 1) return Promise.resolve(noTimeLeft);
      return next(request, new ScopeWithDeadline(scope, deadline));
    };
}
