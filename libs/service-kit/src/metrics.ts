import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type { Counter, Gauge, Histogram } from 'prom-client';

/** Seconds, from a cache hit to a call that used up its budget. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5];

/** One registry per process. A lib registers its own metrics once, at start; label values must be few and known. */
export interface Metrics {
  counter<L extends string>(name: string, help: string, labels: readonly L[]): Counter<L>;
  gauge<L extends string>(name: string, help: string, labels: readonly L[]): Gauge<L>;
  /** In seconds unless `buckets` say otherwise. */
  histogram<L extends string>(
    name: string,
    help: string,
    labels: readonly L[],
    buckets?: number[],
  ): Histogram<L>;
  /** The text that Prometheus scrapes, and its content type. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** @param service value of the label `service` on every metric */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    counter: (name, help, labelNames) => new Counter({ name, help, labelNames, registers }),
    gauge: (name, help, labelNames) => new Gauge({ name, help, labelNames, registers }),
    histogram: (name, help, labelNames, buckets = latencyBuckets) =>
      new Histogram({ name, help, labelNames, buckets, registers }),
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
