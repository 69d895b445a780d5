import type { TargetResult } from '../report/performance-report.ts';
import { overloadRow, type OverloadStep } from './measure-overload.ts';
import { coldPercents, coldRow, neighbourRow, type TransientFigures } from './measure-transients.ts';
import { sum } from './summarise-transients.ts';
import { compare, each, type Generations } from './summarise.ts';

export interface TransientMeasurements {
  readonly coldStart: Generations<TransientFigures>;
  readonly neighbour: Generations<TransientFigures>;
  readonly overload: Generations<OverloadStep>;
}

/** A target and the values of each process that are compared with its limit. */
export type Target = readonly [
  promise: string,
  processes: readonly (readonly number[])[],
  limit: number,
  unit: TargetResult['unit'],
];

/** Returns the targets for a cold start, a busy neighbour, and an overload of three times the capacity. */
export function transientTargets({ coldStart, neighbour, overload }: TransientMeasurements): Target[] {
  const half = coldRow('web-bff', 50);
  const first = (one: TransientFigures): number => one.p99[0] ?? Number.NaN;
  const tenth = (one: TransientFigures): number => one.p99[9] ?? Number.NaN;
  const toTenth = compare(coldStart, half, half, (one) => [first(one) / tenth(one)]);
  const toFastify = compare(coldStart, half, coldRow('fastify-usual', 50), (one, fastify) => [
    first(one) / first(fastify),
  ]);

  const flood = each(overload, overloadRow(3));
  const ofFlood = (figure: (step: OverloadStep) => number): number[][] =>
    flood.map((step) => [figure(step)]).filter(([value]) => !Number.isNaN(value));
  const x3 = `at ${overloadRow(3)}`;

  return [
    ...coldPercents.map((percent) =>
      noneOf(
        `refused or failed at ${percent} % from readiness`,
        lostBy(coldStart, coldRow('web-bff', percent)),
      ),
    ),
    ['p99 of second 1 to that of second 10, at 50 %', toTenth, 1.2, 'x'],
    ['p99 of second 1 to that of fastify-usual, at 50 %', toFastify, 1, 'x'],
    noneOf('refused or failed beside a busy neighbour', lostBy(neighbour, neighbourRow('web-bff'))),
    [`goodput lost ${x3}`, ofFlood(({ answered, capacity }) => 100 * (1 - answered / capacity)), 10, '%'],
    [`p99 of an answer ${x3}`, ofFlood(({ p99 }) => p99), 1_000, 'ms'],
    [`p99 of a refusal ${x3}`, ofFlood(({ shedP99 }) => shedP99), 100, 'ms'],
    noneOf(
      `failed ${x3}`,
      flood.map(({ failed }) => failed),
    ),
    noneOf(
      `refused of a quiet tenant ${x3}`,
      flood.map(({ quietRefused }) => quietRefused),
    ),
    [`p99 of a quiet tenant ${x3}`, ofFlood(({ quietP99 }) => quietP99), 250, 'ms'],
  ];
}

/** Returns a target that no process may miss: its figure is the sum over the processes, without a spread. */
const noneOf = (promise: string, counts: readonly number[]): Target => [
  promise,
  counts.length > 0 ? [[sum(counts)]] : [],
  0,
  'requests',
];

const lostBy = (figures: Generations<TransientFigures>, row: string): number[] =>
  each(figures, row).map(({ refused, failed }) => refused + failed);
