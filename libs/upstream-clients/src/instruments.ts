import type { Counter, Gauge, Histogram, Logger, Metrics } from '@bff/service-kit';
import type { BreakerState } from './circuit-breaker.ts';
import type { Operation } from './operation.ts';

/** The metrics of this lib. Registered once per process. */
export interface Instruments {
  readonly seconds: Histogram<'upstream' | 'operation' | 'outcome'>;
  readonly breakerState: Gauge<'upstream' | 'operation'>;
  readonly transitions: Counter<'upstream' | 'operation' | 'to'>;
}

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
  };
}

const stateNumbers: Record<BreakerState, number> = { closed: 0, open: 1, 'half-open': 2 };

/** What is to be done when a breaker changes its state: gauge, counter, and one log line. */
export function observeBreaker(
  { service: upstream, name: operation }: Operation<unknown>,
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
    log.warn({ upstream, operation, from, to }, 'circuit breaker changed its state');
  };
}
