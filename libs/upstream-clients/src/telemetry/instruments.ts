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
  /** Answered from a fresh copy. */
  'hit',
  /** Answered from a copy that is being renewed meanwhile. */
  'renewed',
  /** A copy was confirmed by the upstream (304). */
  'confirmed',
  /** Failed, and a stale copy stands in. */
  'stale',
  /** Followed an identical call in flight. */
  'collapsed',
  /** A try after a failed one. */
  'retried',
  /** Waited for a place in the bulkhead. */
  'queued',
  /** Was turned away by the bulkhead. */
  'shed',
] as const;

/** What the stages did to a call beside its outcome. */
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

/** What is to be done when a breaker changes its state: gauge, counter, and one log line. */
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
    // Probes that fail again are a pair of lines every few seconds.
    const level = from === 'closed' || to === 'closed' ? 'warn' : 'debug';
    log[level]({ upstream, operation, from, to }, 'circuit breaker changed its state');
  };
}
