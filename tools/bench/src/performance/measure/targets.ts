import { product } from '../../product.ts';
import type { TargetResult } from '../report/performance-report.ts';
import { estimate } from './estimate.ts';
import type { CaseFigures } from './measure-group.ts';
import { hungRows, type LatencyFigures } from './measure-latency.ts';
import { compare, each, ratios, type Generations } from './summarise.ts';
import { transientTargets, type Target, type TransientMeasurements } from './transient-targets.ts';

export interface Measurements extends TransientMeasurements {
  readonly groups: Readonly<Record<string, Generations<CaseFigures>>>;
  readonly latency: Generations<LatencyFigures>;
}

/** Maximum time from the start of a process to its readiness, warm-up included, in milliseconds. */
const readyLimitMs = 1_500;

/**
 * Maximum latency of a screen with a hung source, in milliseconds: the budget of 2,000 and a tolerance of 10.
 */
const hungLimitMs = 2_010;

/** Evaluates every target for which there are figures. */
export function evaluateTargets(measured: Measurements): TargetResult[] {
  const { groups, latency } = measured;
  const results: TargetResult[] = [];
  const add = (...[promise, processes, limit, unit]: Target): void => {
    if (processes.length === 0) return;
    const figure = estimate(processes, 2);
    results.push({ promise, figure, limit, unit, kept: figure.lower <= limit });
  };
  const ratio = (group: string, of: string, to: string, limit: number): void =>
    add(`${of} to ${to}`, compare(groups[group], of, to, ratios), limit, 'x');

  ratio('peers', 'web-bff', 'fastify-usual', 1);
  ratio('peers', 'web-bff', 'node-http', 2);
  ratio('peers', 'web-bff', 'express-usual', 0.45);
  ratio('warm', 'warm', 'express-static', 2);
  ratio('warm', '304', 'express-static', 2);
  ratio('sync', 'mobile 226', 'mobile 200', 1.2);
  for (const size of ['100 KB', '1 MB']) ratio('sizes', `${size}, web-bff`, `${size}, fastify-usual`, 1.1);
  for (const { name } of [product.composed, product.page]) ratio('agents', `${name}, agent`, name, 1.2);
  ratio('tenants', '10,000 tenants', '2 tenants', 1.05);
  add('per source, 10 to 20 against 1 to 10', (groups['sources'] ?? []).map(slopes), 1.1, 'x');
  const readyMs = each(groups['peers'], 'web-bff').map((bff) => [bff.readyMs]);
  add('start to ready', readyMs, readyLimitMs, 'ms');

  const percentiles = (of: string, to: string, combine: (one: Percentiles, other: Percentiles) => number) =>
    compare(latency, of, to, (one, other) =>
      one.rounds.map((row, round) =>
        combine(row, other.rounds[round] ?? { p50: Number.NaN, p99: Number.NaN }),
      ),
    );
  const added = (percentile: 'p50' | 'p99') =>
    percentiles('web-bff', 'services', (bff, services) => bff[percentile] - services[percentile]);
  add('added latency, p50', added('p50'), 1.5, 'ms');
  add('added latency, p99', added('p99'), 4, 'ms');
  const { composed, page, lost } = product;
  const beside = percentiles(hungRows.page, page.name, (hung, alone) => hung.p99 / alone.p99);
  add(`p99 of ${page.name} while ${lost.name} hangs, to without`, beside, 1, 'x');
  const hung = each(latency, hungRows.composed).map(({ rounds }) => rounds.map(({ p99 }) => p99));
  add(`p99 of ${composed.name} while ${lost.name} hangs`, hung, hungLimitMs, 'ms');
  for (const target of transientTargets(measured)) add(...target);
  return results;
}

type Percentiles = LatencyFigures['rounds'][number];

/**
 * Returns, per round, the CPU time that one more source costs between 10 and 20 sources, divided by what it
 * costs between 1 and 10 sources. The result is 1 if the cost is linear.
 */
function slopes(cases: readonly CaseFigures[]): number[] {
  const [one, ten, twenty] = [1, 10, 20].map(
    (count) => cases.find(({ name }) => name === `${count} sources`)?.rounds ?? [],
  ) as [CaseFigures['rounds'], CaseFigures['rounds'], CaseFigures['rounds']];
  return one.map((first, round) => {
    const [low, middle, high] = [first, ten[round], twenty[round]].map(
      (figures) => figures?.cpuMicros ?? Number.NaN,
    ) as [number, number, number];
    return (high - middle) / 10 / ((middle - low) / 9);
  });
}
