import type { Outcome } from '@bff/service-kit';
import type { Call, Stage } from '../pipeline/call.ts';
import type { CircuitBreaker, Verdict } from './circuit-breaker.ts';
import { hasEnoughBudget } from '../pipeline/has-enough-budget.ts';
import { failed } from '../pipeline/outcomes.ts';

/** Fails fast while the breaker is open, and reports the verdict of every call. */
export function withBreaker(breaker: CircuitBreaker, budgetMs: number): Stage {
  return <T>(next: Call<T>): Call<T> =>
    async (request, scope) => {
      const admission = breaker.admit();
      if (!admission) return failed('open', breaker.retryAfterMs || undefined);
      const inTime = hasEnoughBudget(scope.deadline, budgetMs);
      let verdict: Verdict = 'none';
      let subject: string | undefined;
      try {
        const outcome = await next(request, scope);
        verdict = request.reply.isConnectionFault ? 'none' : verdictOf(outcome, inTime);
        // The data of one subject may make an answer unreadable: each subject counts once, however often it
        // calls (F05).
        if (outcome.kind === 'failed' && outcome.reason === 'bad-response') subject = request.owner;
        return outcome;
      } finally {
        breaker.report(admission, verdict, subject);
      }
    };
}

function verdictOf(outcome: Outcome<unknown>, inTime: boolean): Verdict {
  switch (outcome.kind) {
    case 'value':
      return 'success';
    case 'absent':
    case 'refused':
      return 'answered';
    case 'aborted':
      return 'none';
    case 'failed':
      // `shed` and `open` do not show that the upstream is broken: the call was not made, or got a 429.
      if (outcome.reason === 'shed' || outcome.reason === 'open') return 'none';
      return outcome.reason === 'timeout' && !inTime ? 'none' : 'failure';
  }
}
