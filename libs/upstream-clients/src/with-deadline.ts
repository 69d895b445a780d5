import type { Deadline } from '@bff/service-kit';
import type { Call, CallScope, Stage } from './call.ts';
import { aborted, failed } from './outcomes.ts';

const noTimeLeft = failed('timeout');

/**
 * Gives a call its share of the caller's time: at most `budgetMs`, and no call at all when not even a millisecond is
 * left. Whoever waits further in (the transport) holds to the deadline of the scope it is handed.
 */
export function withDeadline(budgetMs: number): Stage {
  return <T>(next: Call<T>): Call<T> =>
    (request, scope) => {
      if (scope.deadline.signal.aborted) return Promise.resolve(aborted);
      const deadline = scope.deadline.within(budgetMs);
      if (deadline.remaining() < 1) return Promise.resolve(noTimeLeft);
      return next(request, new ScopeUntil(scope, deadline));
    };
}

/** The same scope with a nearer deadline. Not a spread: scopes may be objects of a class. */
class ScopeUntil implements CallScope {
  readonly tenant;
  readonly requestId;
  readonly traceparent;
  readonly deadline;
  readonly #parent: CallScope;

  constructor(parent: CallScope, deadline: Deadline) {
    this.tenant = parent.tenant;
    this.requestId = parent.requestId;
    this.traceparent = parent.traceparent;
    this.deadline = deadline;
    this.#parent = parent;
  }

  bearerFor(audience: string): string {
    return this.#parent.bearerFor(audience);
  }
}
