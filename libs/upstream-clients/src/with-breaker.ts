import type { Outcome } from '@bff/service-kit';
import type { Call, Stage } from './call.ts';
import type { CircuitBreaker, Verdict } from './circuit-breaker.ts';
import { failed } from './outcomes.ts';

/** Fails fast while the upstream is known not to work, and tells the breaker how each call went. */
export function withBreaker(breaker: CircuitBreaker): Stage {
  return <T>(next: Call<T>): Call<T> =>
    async (request, scope) => {
      const admission = breaker.admit();
      if (!admission) return failed('open', breaker.retryAfterMs || undefined);
      let verdict: Verdict = 'none';
      try {
        const outcome = await next(request, scope);
        verdict = verdictOf(outcome);
        return outcome;
      } finally {
        breaker.report(admission, verdict);
      }
    };
}

function verdictOf(outcome: Outcome<unknown>): Verdict {
  if (outcome.kind === 'value') return 'success';
  // Absent and refused are answers to this caller; shed and open are somebody keeping load away. None says "broken".
  if (outcome.kind !== 'failed' || outcome.reason === 'shed' || outcome.reason === 'open') return 'none';
  return 'failure';
}
