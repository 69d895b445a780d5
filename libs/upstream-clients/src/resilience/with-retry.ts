import type { Outcome } from '@bff/service-kit';
import type { Call, CallScope, PreparedRequest, Reply, Stage } from '../pipeline/call.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Count } from '../telemetry/instruments.ts';
import { aborted } from '../pipeline/outcomes.ts';
import type { RetryBudget } from './retry-budget.ts';
import { Waiter } from './waiter.ts';

/** First pause, in milliseconds, doubled with each try; the real one is a random part of it. */
const basePauseMs = 50;
/** Who asks us to stay away for longer is not called again by this call. */
const maxPauseMs = 1_000;

const pauseResults = { timeUp: 'over', aborted: 'aborted' } as const;

export interface RetryOptions {
  /** Tries after the first one. */
  readonly retries: number;
  /** A read, which may reach the upstream twice. */
  readonly isSafe: boolean;
  readonly breaker: CircuitBreaker;
  readonly budget: RetryBudget;
  /** At least 0, below 1. */
  readonly random: () => number;
  readonly count: Count;
}

/**
 * Tries again what a second try may mend. All tries share one deadline, so each has
 * less time than the one before, and none begins that would have less than half of what was left when the last failed.
 */
export function withRetry({ retries, isSafe, breaker, budget, random, count }: RetryOptions): Stage {
  return <T>(next: Call<T>): Call<T> => {
    async function again(first: Outcome<T>, request: PreparedRequest, scope: CallScope): Promise<Outcome<T>> {
      const { deadline } = scope;
      let outcome = first;
      for (let retry = 0; retry < retries && mayMend(outcome, request.reply, isSafe); retry++) {
        const pauseMs = pauseBefore(retry, outcome, random);
        if (pauseMs > maxPauseMs || pauseMs > deadline.remaining() / 2 || breaker.state !== 'closed') break;
        if (!budget.take()) break;
        try {
          if ((await new Waiter(pauseMs, deadline, pauseResults).settled) === 'aborted') return aborted;
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
 * A connection that failed, 502, 503 and 504: another instance may be well. Not 500 and its like, which a second try meets
 * again; not a time-out, for the time is spent; not a bad response, for garbage comes from how the upstream is built,
 * and it has done its work; not 429, which asks for less. A write only when no connection took it (F08).
 */
function mayMend(outcome: Outcome<unknown>, { status, wasSent }: Reply, isSafe: boolean): boolean {
  if (outcome.kind !== 'failed' || outcome.reason !== 'error') return false;
  if (!isSafe) return !wasSent;
  return status < 500 || (status >= 502 && status <= 504);
}

/** Full jitter. After what the upstream asked for, jitter comes on top, lest all come back at once. */
function pauseBefore(retry: number, outcome: Outcome<unknown>, random: () => number): number {
  const asked = outcome.kind === 'failed' ? (outcome.retryAfterMs ?? 0) : 0;
  return asked + random() * Math.min(maxPauseMs, basePauseMs * 2 ** retry);
}
