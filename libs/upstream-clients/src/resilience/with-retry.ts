import type { Outcome } from '@bff/service-kit';
import type { Call, CallScope, PreparedRequest, Reply, Stage } from '../pipeline/call.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Count } from '../telemetry/instruments.ts';
import { aborted } from '../pipeline/outcomes.ts';
import type { RetryBudget } from './retry-budget.ts';
import { AbortableTimeout } from './abortable-timeout.ts';

/**
 * Pause before the first retry, in milliseconds, doubled with each further one; full jitter takes a random
 * part of it.
 */
const basePauseMs = 50;
/** Maximum pause in milliseconds; a longer `Retry-After` ends the retries of the call. */
const maxPauseMs = 1_000;

const pauseResults = { timeUp: 'over', aborted: 'aborted' } as const;

export interface RetryOptions {
  /** Retries after the first try. */
  readonly retries: number;
  /** Whether the request is a read, which may reach the upstream twice. */
  readonly isSafe: boolean;
  readonly breaker: CircuitBreaker;
  readonly budget: RetryBudget;
  /** Returns a number from 0 to below 1. */
  readonly random: () => number;
  readonly count: Count;
}

/**
 * Retries failures that another try may fix. All tries share one deadline, and none begins with less than
 * half of the time that was left when the last one failed.
 */
export function withRetry({ retries, isSafe, breaker, budget, random, count }: RetryOptions): Stage {
  return <T>(next: Call<T>): Call<T> => {
    async function again(first: Outcome<T>, request: PreparedRequest, scope: CallScope): Promise<Outcome<T>> {
      const { deadline } = scope;
      let outcome = first;
      for (let retry = 0; retry < retries && isRetryable(outcome, request.reply, isSafe); retry++) {
        const pauseMs = pauseBefore(retry, outcome, random);
        if (pauseMs > maxPauseMs || pauseMs > deadline.remaining() / 2 || breaker.state !== 'closed') break;
        if (!budget.take()) break;
        try {
          if ((await new AbortableTimeout(pauseMs, deadline, pauseResults).settled) === 'aborted')
            return aborted;
          if (breaker.state !== 'closed') break;
          count('retried');
          outcome = await next(request, scope);
        } finally {
          budget.giveBack();
        }
      }
      return outcome;
    }

    return async (request, scope) => {
      budget.enter();
      try {
        const outcome = await next(request, scope);
        return outcome.kind === 'failed' ? await again(outcome, request, scope) : outcome;
      } finally {
        budget.leave();
      }
    };
  };
}

/**
 * Returns whether a retry may succeed. After a failed connection, 502, 503 and 504 another instance may
 * answer. A 500 or the like would recur; a time-out has used up the time; a bad response is caused by the
 * release of the upstream and would recur, after the upstream has done the work; and 429 demands less load. A
 * write is retried only when no connection accepted it (F08).
 */
function isRetryable(outcome: Outcome<unknown>, { status, wasSent }: Reply, isSafe: boolean): boolean {
  if (outcome.kind !== 'failed' || outcome.reason !== 'error') return false;
  if (!isSafe) return !wasSent;
  return status < 500 || (status >= 502 && status <= 504);
}

/**
 * Returns the pause with full jitter. After `Retry-After` the jitter is added, so that clients do not return
 * in one burst.
 */
function pauseBefore(retry: number, outcome: Outcome<unknown>, random: () => number): number {
  const retryAfterMs = outcome.kind === 'failed' ? (outcome.retryAfterMs ?? 0) : 0;
  return retryAfterMs + random() * Math.min(maxPauseMs, basePauseMs * 2 ** retry);
}
