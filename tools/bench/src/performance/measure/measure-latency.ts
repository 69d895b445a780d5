import { product } from '../../product.ts';
import { quantile } from '../../report/quantile.ts';
import type { BenchWorld } from '../cases/bench-world.ts';
import type { LoadJob } from '../load/load-job.ts';
import type { MeasuredCase, RunningCase } from '../cases/measured-case.ts';

/** p50 and p99 of each round, in milliseconds. */
export interface LatencyFigures {
  readonly name: string;
  readonly rounds: readonly { readonly p50: number; readonly p99: number }[];
}

/**
 * Requests per second: a third of the capacity of one process on the machine that measured
 * docs/performance.md.
 */
const perSecond = 200;
const upstream = { latencyMs: 5 };
const { composed, page, lost } = product;
const hung = { ...upstream, hang: lost.path };
/** Names of the rows with a hung source. */
export const hungRows = {
  page: `${page.name}, ${lost.name} hung`,
  composed: `${composed.name}, ${lost.name} hung`,
};

const cases: readonly MeasuredCase[] = [
  { name: 'web-bff', server: 'web-bff', upstream },
  { name: 'fastify-usual', server: 'fastify-usual', upstream },
  { name: page.name, path: page.path, server: 'web-bff', upstream },
  { name: hungRows.page, path: page.path, server: 'web-bff', upstream: hung },
];

/**
 * Measures latency at a steady load without queueing. The row `services` is the latency of the slowest of the
 * screen's upstream calls, which the load process makes directly; the latency that a server adds is the
 * difference from it. A hung service is measured with a freshly started server, whose breakers are closed.
 */
export async function measureLatency(
  world: BenchWorld,
  rounds: number,
  requests: number,
): Promise<LatencyFigures[]> {
  const running: RunningCase[] = [];
  const figures = new Map<string, { p50: number; p99: number }[]>();
  const measure = async (
    name: string,
    job: Omit<LoadJob, 'status' | 'perSecond' | 'requests'>,
    count = requests,
  ) => {
    const { latencies } = await world.load.run({ ...job, status: 200, perSecond, requests: count });
    const sorted = latencies.toSorted((a, b) => a - b);
    const rows = figures.get(name) ?? [];
    figures.set(name, [...rows, { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }]);
  };
  try {
    for (const one of cases) running.push(await world.start(one));
    for (const { origins, targets } of running)
      await world.load.run({ origins, targets, status: 200, perSecond, requests: 600 });
    const origin = running[0]?.upstreamUrl ?? '';
    const calls = Array.from({ length: 100 }, (_, user) =>
      composed.sources.map((source) => composed.pathOf(source, `u${user}`)),
    );
    const direct = calls.flat().map((path) => ({ path, headers: {} }));
    for (let round = 0; round < rounds; round++) {
      await measure('services', { origins: [origin], targets: direct, atOnce: composed.sources.length });
      for (const { of, origins, targets } of running) await measure(of.name, { origins, targets });
      const fresh = await world.start({ name: hungRows.composed, server: 'web-bff', upstream: hung });
      running.push(fresh);
      await measure(fresh.of.name, fresh, perSecond);
      await running.pop()?.stop();
    }
    return [...figures].map(([name, rows]) => ({ name, rounds: rows }));
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
}
