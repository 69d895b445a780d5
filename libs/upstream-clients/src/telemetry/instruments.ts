import type { Counter, Gauge, Histogram, Logger, Metrics } from '@bff/service-kit';
import type { BreakerState } from '../resilience/circuit-breaker.ts';
import type { AnyOperation } from '../pipeline/operation.ts';

/** The metrics of this lib. Registered once per process. */
export interface Instruments {
  readonly seconds: Histogram<'upstream' | 'operation' | 'outcome'>;
  readonly breakerState: Gauge<'upstream' | 'operation'>;
  readonly transitions: Counter<'upstream' | 'operation' | 'to'>;
  readonly events: Counter<'upstream' | 'operation' | 'event'>;
}

const events = [
  /** Answered from a fresh cache entry. */
  'hit',
  /** Answered from a stale entry that is being revalidated (stale-while-revalidate). */
  'renewed',
  /** The upstream confirmed a cache entry (304). */
  'confirmed',
  /** The call failed, and a stale entry was served (stale-if-error). */
  'stale',
  /** Coalesced with an identical call in flight. */
  'collapsed',
  /** Retried after a failure. */
  'retried',
  /** Waited for a slot of the bulkhead. */
  'queued',
  /** Shed by the bulkhead. */
  'shed',
] as const;

/** An event that a stage counts for a call, in addition to its outcome. */
export type CallEvent = (typeof events)[number];
export type Count = (event: CallEvent) => void;

export function createInstruments(metrics: Metrics): Instruments {
  const labels = ['upstream', 'operation'] as const;
  return {
    seconds: metrics.histogram('bff_upstream_seconds', 'Duration of upstream calls by outcome', [
      ...labels,
      'outcome',
    ]),
    breakerState: metrics.gauge(
      'bff_breaker_state',
      'State of the circuit breaker: 0 closed, 1 open, 2 half-open',
      labels,
    ),
    transitions: metrics.counter(
      'bff_breaker_transitions_total',
      'Changes of state of the circuit breaker by the state entered',
      [...labels, 'to'],
    ),
    events: metrics.counter('bff_upstream_events_total', 'What was done to upstream calls', [
      ...labels,
      'event',
    ]),
  };
}

export function counterOf(
  { service: upstream, name: operation }: AnyOperation,
  instruments: Instruments,
): Count {
  const counters = new Map(
    events.map((event) => [event, instruments.events.labels({ upstream, operation, event })]),
  );
  return (event) => counters.get(event)?.inc();
}

const stateNumbers: Record<BreakerState, number> = { closed: 0, open: 1, 'half-open': 2 };

/** Records a change of state of a breaker: gauge, counter, and one log line. */
export function observeBreaker(
  { service: upstream, name: operation }: AnyOperation,
  instruments: Instruments,
  log: Logger,
): (to: BreakerState, from: BreakerState) => void {
  const state = instruments.breakerState.labels({ upstream, operation });
  const count = (to: BreakerState) => instruments.transitions.labels({ upstream, operation, to });
  const counters = { closed: count('closed'), open: count('open'), 'half-open': count('half-open') };
  state.set(0);
  return (to, from) => {
    state.set(stateNumbers[to]);
    counters[to].inc();
    // Only opening and closing warn: a probe that keeps failing would add two lines every few seconds.
    const level = from === 'closed' || to === 'closed' ? 'warn' : 'debug';
    log[level]({ upstream, operation, from, to }, 'circuit breaker changed its state');
  };
}
