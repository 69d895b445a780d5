import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { version } from '../core/version.ts';

export type { Counter, Gauge, Histogram } from 'prom-client';

/** Bucket bounds in seconds, from a cache hit to a call that used up its budget. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5];

/**
 * Metrics of a process in one registry. A lib registers its metrics once, at start; label values must be few
 * and known.
 */
export interface Metrics {
  /** Name of the service that the metrics belong to. */
  readonly service: string;
  counter<L extends string>(name: string, help: string, labels: readonly L[]): Counter<L>;
  gauge<L extends string>(name: string, help: string, labels: readonly L[]): Gauge<L>;
  /** Creates a histogram, in seconds unless it has `buckets`. */
  histogram<L extends string>(
    name: string,
    help: string,
    labels: readonly L[],
    buckets?: number[],
  ): Histogram<L>;
  /** Creates a gauge whose values are computed only when the metrics are read. */
  lazyGauge<L extends string>(
    name: string,
    help: string,
    labels: readonly L[],
    ask: (gauge: Gauge<L>) => Promise<void>,
  ): void;
  /** Returns the current values, without the metrics of Node. */
  values(): Promise<readonly MetricValues[]>;
  /** Returns the text for Prometheus and its content type. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** One metric with all its label values; for a histogram its buckets, `_sum` and `_count`. */
export interface MetricValues {
  readonly name: string;
  readonly values: readonly {
    readonly metricName?: string;
    readonly labels: Readonly<Partial<Record<string, string | number>>>;
    readonly value: number;
  }[];
}

/**
 * Creates the metrics of a process.
 * @param service value of the label `service` on every metric
 * @param options.ofProcess adds the metrics of Node. default true
 */
export function createMetrics(
  service: string,
  { ofProcess = true }: { readonly ofProcess?: boolean } = {},
): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'bff_build_info',
    help: '1, with what runs as labels',
    labelNames: ['version', 'node'],
    registers,
  })
    .labels(version, process.versions.node)
    .set(1);
  return {
    service,
    counter: (name, help, labelNames) => new Counter({ name, help, labelNames, registers }),
    gauge: (name, help, labelNames) => new Gauge({ name, help, labelNames, registers }),
    histogram: (name, help, labelNames, buckets = latencyBuckets) =>
      new Histogram({ name, help, labelNames, buckets, registers }),
    lazyGauge(name, help, labelNames, ask) {
      const collect = (): Promise<void> => ask(gauge);
      const gauge = new Gauge({ name, help, labelNames, registers, collect });
    },
    values: async () =>
      (await registry.getMetricsAsJSON()).filter(({ name }) => name.startsWith('bff_')) as MetricValues[],
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
