import type { Outcome } from '@bff/service-kit';
import type { Call, Stage } from '../pipeline/call.ts';
import type { CircuitBreaker, Verdict } from './circuit-breaker.ts';
import { hasFairShare } from '../pipeline/fair-share.ts';
import { failed } from '../pipeline/outcomes.ts';

/** Fails fast while the upstream is known not to work, and tells the breaker how each call went. */
export function withBreaker(breaker: CircuitBreaker, budgetMs: number): Stage {
  return <T>(next: Call<T>): Call<T> =>
    async (request, scope) => {
      const admission = breaker.admit();
      if (!admission) return failed('open', breaker.retryAfterMs || undefined);
      const inTime = hasFairShare(scope.deadline, budgetMs);
      let verdict: Verdict = 'none';
      let subject: string | undefined;
      try {
        const outcome = await next(request, scope);
        verdict = request.reply.isConnectionFault ? 'none' : verdictOf(outcome, inTime);
        // An answer that cannot be read may come from one subject's data; whoever asks for it often is still one (F05).
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
      // Shed and open are somebody keeping load away, which does not say "broken".
      if (outcome.reason === 'shed' || outcome.reason === 'open') return 'none';
      return outcome.reason === 'timeout' && !inTime ? 'none' : 'failure';
  }
}
