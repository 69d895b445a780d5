import type { CaseFigures } from './measure-group.ts';
import { product } from '../../product.ts';
import { hungRows, type LatencyFigures } from './measure-latency.ts';
import type { TargetResult } from '../report/performance-report.ts';
import { quartilesOf, ratios } from './summarise.ts';

/** Maximum time from the start of a process to its readiness, warm-up included, in milliseconds. */
const readyLimitMs = 1_500;

type Figures = Readonly<Record<string, readonly CaseFigures[]>>;

/**
 * Maximum latency of a screen with a hung source, in milliseconds: the budget of 2,000 and a tolerance of 10.
 */
const hungLimitMs = 2_010;

/** Evaluates every target for which there are figures. */
export function evaluateTargets(figures: Figures, latency: readonly LatencyFigures[]): TargetResult[] {
  const results: TargetResult[] = [];
  const add = (promise: string, values: readonly number[], limit: number, unit: 'x' | 'ms'): void => {
    if (values.length === 0) return;
    const figure = quartilesOf(values, 2);
    results.push({ promise, figure, limit, unit, kept: figure.lower <= limit });
  };
  const caseOf = (group: string, name: string) => figures[group]?.find((one) => one.name === name);
  const ratio = (group: string, of: string, to: string, limit: number): void => {
    const [one, other] = [caseOf(group, of), caseOf(group, to)];
    if (one && other) add(`${of} to ${to}`, ratios(one, other), limit, 'x');
  };

  ratio('peers', 'web-bff', 'fastify-usual', 1);
  ratio('peers', 'web-bff', 'node-http', 2);
  ratio('peers', 'web-bff', 'express-usual', 0.45);
  ratio('warm', 'warm', 'express-static', 2);
  ratio('warm', '304', 'express-static', 2);
  ratio('sync', 'mobile 226', 'mobile 200', 1.2);
  for (const size of ['100 KB', '1 MB']) ratio('sizes', `${size}, web-bff`, `${size}, fastify-usual`, 1.1);
  for (const { name } of [product.composed, product.page]) ratio('agents', `${name}, agent`, name, 1.2);
  ratio('tenants', '10,000 tenants', '2 tenants', 1.05);
  add('per source, 10 to 20 against 1 to 10', slopes(figures['sources'] ?? []), 1.1, 'x');
  const bff = caseOf('peers', 'web-bff');
  add('start to ready', bff ? [bff.readyMs] : [], readyLimitMs, 'ms');

  const rows = (name: string) => latency.find((one) => one.name === name)?.rounds ?? [];
  const services = rows('services');
  const added = (percentile: 'p50' | 'p99') =>
    rows('web-bff').map((row, round) => row[percentile] - (services[round]?.[percentile] ?? Number.NaN));
  add('added latency, p50', added('p50'), 1.5, 'ms');
  add('added latency, p99', added('p99'), 4, 'ms');
  const { composed, page, lost } = product;
  const alone = rows(page.name);
  const beside = rows(hungRows.page).map(({ p99 }, round) => p99 / (alone[round]?.p99 ?? Number.NaN));
  add(`p99 of ${page.name} while ${lost.name} hangs, to without`, beside, 1, 'x');
  add(
    `p99 of ${composed.name} while ${lost.name} hangs`,
    rows(hungRows.composed).map(({ p99 }) => p99),
    hungLimitMs,
    'ms',
  );
  return results;
}

/**
 * Returns, per round, the CPU time that one more source costs between 10 and 20 sources, divided by what it
 * costs between 1 and 10 sources. The result is 1 if the cost is linear.
 */
function slopes(cases: readonly CaseFigures[]): number[] {
  const [one, ten, twenty] = [1, 10, 20].map((count) =>
    cases.find(({ name }) => name === `${count} sources`),
  );
  if (!one || !ten || !twenty) return [];
  return one.rounds.map((first, round) => {
    const [low, middle, high] = [first, ten.rounds[round], twenty.rounds[round]].map(
      (each) => each?.cpuMicros ?? Number.NaN,
    ) as [number, number, number];
    return (high - middle) / 10 / ((middle - low) / 9);
  });
}
