import type { Call, Stage } from './call.ts';
import { aborted, failed } from './outcomes.ts';
import { ScopeUntil } from './scope-until.ts';

const noTimeLeft = failed('timeout');
/** Milliseconds, and no more than a tenth of what there is. */
const marginMs = 10;

/**
 * Gives a call its share of the caller's time: at most `budgetMs`, and no call at all when not even a millisecond is
 * left. Whoever waits further in (the transport) holds to the deadline of the scope it is handed.
 */
export function withDeadline(budgetMs: number): Stage {
  return <T>(next: Call<T>): Call<T> =>
    (request, scope) => {
      if (scope.deadline.signal.aborted) return Promise.resolve(aborted);
      const remaining = scope.deadline.remaining();
      // Ends a little before the caller's time: a stand-in that comes together with its time-out is not heard any more.
      const deadline = scope.deadline.within(
        Math.min(budgetMs, remaining - Math.min(marginMs, remaining / 10)),
      );
      if (deadline.remaining() < 1) return Promise.resolve(noTimeLeft);
      return next(request, new ScopeUntil(scope, deadline));
    };
}
