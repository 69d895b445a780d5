import type { Clock, Outcome } from '@bff/service-kit';
import type { Bulkhead, Load } from './bulkhead.ts';
import type { Call, Stage } from '../pipeline/call.ts';
import { hasEnoughBudget } from '../pipeline/has-enough-budget.ts';
import type { Count } from '../telemetry/instruments.ts';
import { aborted, failed } from '../pipeline/outcomes.ts';

/** The time until a slot is free is unknown; one second is the smallest positive value of `Retry-After`. */
const shed = failed('shed', 1_000);

/** Sheds a call early when its upstream is at its limit, instead of letting it time out. */
export function withBulkhead(bulkhead: Bulkhead, budgetMs: number, clock: Clock, count: Count): Stage {
  return <T>(next: Call<T>): Call<T> =>
    async (request, scope) => {
      if (!bulkhead.enter()) {
        const entry = await bulkhead.waitFor(scope.tenant, scope.deadline);
        count(entry === 'shed' ? 'shed' : 'queued');
        if (entry === 'aborted') return aborted;
        if (entry === 'shed') return shed;
      }
      const startedAt = clock();
      // A quarter of the budget is enough here, instead of the half that the breaker requires, because the
      // wait for a slot may have used the rest.
      const inTime = hasEnoughBudget(scope.deadline, budgetMs / 2);
      let load: Load = 'unknown';
      try {
        const outcome = await next(request, scope);
        load = request.reply.isConnectionFault ? 'unknown' : loadOf(outcome, request.reply.status, inTime);
        return outcome;
      } finally {
        bulkhead.leave(load, startedAt);
      }
    };
}

function loadOf(outcome: Outcome<unknown>, status: number, inTime: boolean): Load {
  if (outcome.kind === 'aborted') return 'unknown';
  if (outcome.kind !== 'failed') return 'fine';
  const late = outcome.reason === 'timeout' && inTime;
  return late || outcome.reason === 'shed' || status === 503 ? 'overloaded' : 'unknown';
}
