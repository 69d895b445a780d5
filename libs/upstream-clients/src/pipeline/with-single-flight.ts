import { ShortLivedMap, type Clock, type Outcome } from '@bff/service-kit';
import type { Call, CallScope, PreparedRequest, Stage } from './call.ts';
import type { Count } from '../telemetry/instruments.ts';
import { aborted, failed } from './outcomes.ts';
import type { RecentWrites } from '../cache/recent-writes.ts';
import { Waiter } from '../resilience/waiter.ts';

export interface SingleFlightOptions {
  /** Whom the internal tokens are made out to. */
  readonly audience: string;
  readonly writes: RecentWrites;
  readonly clock: Clock;
  readonly count: Count;
}

interface Flight<T> {
  readonly token: string;
  readonly startedAt: number;
  readonly outcome: Promise<Outcome<T>>;
}

const timedOut = failed('timeout');

/**
 * Of identical reads at the same time one goes to the upstream, and the others follow it. Identical is: tenant, identity,
 * target and the very token. Each follower keeps its own time, and the leader's hang-up, time-out or error is not its
 * own: it asks again, once for an error, so that two failures are believed and a herd makes two calls.
 */
export function withSingleFlight({ audience, writes, clock, count }: SingleFlightOptions): Stage {
  return function singleFlight<T>(next: Call<T>): Call<T> {
    const flights = new ShortLivedMap<string, Flight<T>>();

    async function lead(token: string, request: PreparedRequest, scope: CallScope) {
      const { key } = request;
      const flight = { token, startedAt: clock(), outcome: next(request, scope) };
      flights.set(key, flight);
      try {
        return await flight.outcome;
      } finally {
        if (flights.get(key) === flight) flights.delete(key);
      }
    }

    /** The flight that a call may join: one with its very token, and not begun before its owner's last write, which it may not know of. */
    function flightFor(token: string, { owner, key }: PreparedRequest): Flight<T> | undefined {
      const flight = flights.get(key);
      return flight?.token === token && writes.allow(owner, flight.startedAt) ? flight : undefined;
    }

    async function join(first: Flight<T>, request: PreparedRequest, scope: CallScope): Promise<Outcome<T>> {
      const { token } = first;
      let failures = 0;
      for (let flight: Flight<T> | undefined = first; flight; flight = flightFor(token, request)) {
        count('collapsed');
        const outcome = await follow(flight.outcome, scope);
        if (outcome?.kind === 'value') return { ...outcome, cache: 'collapsed' };
        if (outcome && outcome.kind !== 'failed' && outcome.kind !== 'aborted') return outcome;
        if (scope.deadline.signal.aborted) return aborted;
        if (scope.deadline.remaining() < 1) return timedOut;
        if (outcome?.kind === 'failed' && outcome.reason !== 'timeout' && ++failures > 1) return outcome;
      }
      return lead(token, request, scope);
    }

    return function leadOrJoin(request, scope) {
      const token = scope.bearerFor(audience);
      const flight = flightFor(token, request);
      return flight ? join(flight, request, scope) : lead(token, request, scope);
    };
  };
}

/** Undefined when the follower's own time is up first, or the leader met a programming error. */
function follow<T>(leader: Promise<Outcome<T>>, { deadline }: CallScope): Promise<Outcome<T> | undefined> {
  const waiter = new Waiter<Outcome<T> | undefined>(deadline.remaining(), deadline, {
    timeUp: undefined,
    aborted: undefined,
  });
  leader.then(
    (outcome) => waiter.settle(outcome),
    () => waiter.settle(undefined),
  );
  return waiter.settled;
}
