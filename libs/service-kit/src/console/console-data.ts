import type { Metrics, MetricValues } from '../telemetry/metrics.ts';
import type { RecentDegradation, RecentDegradations } from '../telemetry/recent-degradations.ts';
import { version } from '../core/version.ts';

type Counts = Readonly<Record<string, number>>;

/** Latencies of calls of one kind since the start, as a cumulative histogram. */
export interface Latency {
  readonly count: number;
  /** Sum in seconds. */
  readonly sum: number;
  /** Calls by upper bound in seconds, cumulative; the last bound is `+Inf`. */
  readonly buckets: Counts;
}

export interface UpstreamReport extends Latency {
  readonly upstream: string;
  readonly operation: string;
  readonly breaker: 'closed' | 'open' | 'half-open';
  /** Calls by outcome: `value`, `absent`, `refused`, `aborted` or the reason of the failure. */
  readonly outcomes: Counts;
  /** Calls by event: `hit`, `stale`, `collapsed`, `retried` and others. */
  readonly events: Counts;
}

/**
 * Data of the console: totals since the start. The page computes recent values from the difference of two
 * readings.
 */
export interface ConsoleData {
  readonly service: string;
  readonly version: string;
  /** When the data was collected, in milliseconds since 1970. */
  readonly at: number;
  readonly startedAt: number;
  readonly dependencies: Counts;
  readonly inFlight: number;
  readonly requests: Latency & { readonly statuses: Counts };
  readonly upstreams: readonly UpstreamReport[];
  readonly degraded: number;
  readonly sync: { readonly answers: Counts; readonly sentBytes: number; readonly savedBytes: number };
  readonly sessions: Counts;
  readonly limits: Counts;
  readonly shed: Counts;
  readonly recent: readonly RecentDegradation[];
}

const breakerStates = ['closed', 'open', 'half-open'] as const;
const startedAt = Date.now();

/** Collects the data. Runs only when the page requests it, so that an unused console costs nothing. */
export async function consoleData(metrics: Metrics, recent: RecentDegradations): Promise<ConsoleData> {
  const found = new Map((await metrics.values()).map((metric) => [metric.name, metric.values]));
  const valuesOf = (name: string): MetricValues['values'] => found.get(name) ?? [];
  const requests = valuesOf('bff_request_seconds');
  const calls = Map.groupBy(valuesOf('bff_upstream_seconds'), operationKey);
  const events = Map.groupBy(valuesOf('bff_upstream_events_total'), operationKey);

  return {
    service: metrics.service,
    version,
    at: Date.now(),
    startedAt,
    dependencies: sums(valuesOf('bff_dependency_up'), 'dependency'),
    inFlight: total(valuesOf('bff_requests_in_flight')),
    requests: { ...latency(requests), statuses: sums(counted(requests), 'status') },
    upstreams: valuesOf('bff_breaker_state').map((state) => {
      const key = operationKey(state);
      const own = calls.get(key) ?? [];
      return {
        upstream: String(state.labels['upstream']),
        operation: String(state.labels['operation']),
        breaker: breakerStates[state.value] ?? 'closed',
        ...latency(own),
        outcomes: sums(counted(own), 'outcome'),
        events: sums(events.get(key) ?? [], 'event'),
      };
    }),
    degraded: total(valuesOf('bff_degraded_total')),
    sync: {
      answers: sums(valuesOf('bff_sync_answers_total'), 'kind'),
      sentBytes: total(valuesOf('bff_sync_sent_bytes_total')),
      savedBytes: total(valuesOf('bff_sync_saved_bytes_total')),
    },
    sessions: sums(valuesOf('bff_sessions_total'), 'event'),
    limits: sums(valuesOf('bff_limit_total'), 'verdict'),
    shed: sums(valuesOf('bff_shed_total'), 'reason'),
    recent: recent.list(),
  };
}

type Value = MetricValues['values'][number];

const operationKey = ({ labels }: Value): string => `${labels['upstream']} ${labels['operation']}`;
const total = (values: readonly Value[]): number => values.reduce((sum, { value }) => sum + value, 0);
const named = (values: readonly Value[], ending: string): Value[] =>
  values.filter(({ metricName }) => metricName?.endsWith(ending));
const counted = (values: readonly Value[]): Value[] => named(values, '_count');

function sums(values: readonly Value[], label: string): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { labels, value } of values) {
    const name = String(labels[label]);
    result[name] = (result[name] ?? 0) + value;
  }
  return result;
}

const latency = (values: readonly Value[]): Latency => ({
  count: total(counted(values)),
  sum: total(named(values, '_sum')),
  buckets: sums(named(values, '_bucket'), 'le'),
});
