import type { Clock, Outcome } from '@bff/service-kit';
import type { Bulkhead, Load } from './bulkhead.ts';
import type { Call, Stage } from '../pipeline/call.ts';
import { hasFairShare } from '../pipeline/fair-share.ts';
import type { Count } from '../telemetry/instruments.ts';
import { aborted, failed } from '../pipeline/outcomes.ts';

/** Nobody knows when there will be room; a second is the least that the header can say. */
const shed = failed('shed', 1_000);

/** Turns a call away early when its upstream has as many as it can take, rather than late when its time is up. */
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
      // Half of a fair share: the other half may have gone by in the queue.
      const inTime = hasFairShare(scope.deadline, budgetMs / 2);
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
