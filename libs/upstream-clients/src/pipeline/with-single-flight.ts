import { ShortLivedMap, type Clock, type Outcome } from '@bff/service-kit';
import type { Call, CallScope, PreparedRequest, Stage } from './call.ts';
import type { Count } from '../telemetry/instruments.ts';
import { aborted, failed } from './outcomes.ts';
import type { RecentWrites } from '../cache/recent-writes.ts';
import { AbortableTimeout } from '../resilience/abortable-timeout.ts';

export interface SingleFlightOptions {
  /** Audience of the internal tokens. */
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
 * Coalesces identical concurrent reads: the first one (the leader) calls the upstream, the others (followers)
 * wait for its outcome. Identical means the same tenant, identity, target and token. Each follower keeps its
 * own deadline. When the leader disconnects or times out, a follower calls again. After an error it calls
 * again only once and accepts a second error, so that a stampede on a failing upstream causes two calls.
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

    /**
     * Returns the call in flight that this one may join: it has the same token, and it started after the
     * owner's last write, which the answer of an earlier call may not reflect.
     */
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

/** Waits for the leader. Resolves to undefined at the follower's own deadline, or when the leader threw. */
function follow<T>(leader: Promise<Outcome<T>>, { deadline }: CallScope): Promise<Outcome<T> | undefined> {
  const waiter = new AbortableTimeout<Outcome<T> | undefined>(deadline.remaining(), deadline, {
    timeUp: undefined,
    aborted: undefined,
  });
  leader.then(
    (outcome) => waiter.settle(outcome),
    () => waiter.settle(undefined),
  );
  return waiter.settled;
}
