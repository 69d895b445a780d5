import type { CaseGroup } from '../cases/cases.ts';
import type { GroupSummary, LatencySummary } from '../report/performance-report.ts';
import { estimate } from './estimate.ts';
import type { RoundFigures } from './measure-cost.ts';
import type { CaseFigures } from './measure-group.ts';
import type { LatencyFigures } from './measure-latency.ts';

/** Figures of each generation of processes, with the same rows in each. */
export type Generations<Figures> = readonly (readonly Figures[])[];

/** Returns, for each row, the figures of all generations. */
export const byRow = <Figures>(generations: Generations<Figures>): Figures[][] =>
  (generations[0] ?? []).map((_, row) => generations.map((figures) => figures[row] as Figures));

/** Returns the row of each generation that has it. */
export const each = <Row extends { readonly name: string }>(
  generations: Generations<Row> = [],
  wanted: string,
): Row[] => generations.flatMap((rows) => rows.find(({ name }) => name === wanted) ?? []);

/** Compares two rows within each generation that has both. */
export const compare = <Row extends { readonly name: string }>(
  generations: Generations<Row> = [],
  of: string,
  to: string,
  combine: (one: Row, other: Row) => readonly number[],
): (readonly number[])[] =>
  generations.flatMap((rows) => {
    const [one, other] = [of, to].map((wanted) => rows.find(({ name }) => name === wanted));
    return one && other ? [combine(one, other)] : [];
  });

/**
 * Returns the CPU time of one case divided by that of another, per round, because a slow minute of the
 * machine affects both cases of a round.
 */
export function ratios(of: CaseFigures, to: CaseFigures): number[] {
  return of.rounds.map(({ cpuMicros }, round) => cpuMicros / (to.rounds[round]?.cpuMicros ?? Number.NaN));
}

export function summarise(
  { name, meaning }: Pick<CaseGroup, 'name' | 'meaning'>,
  generations: Generations<CaseFigures>,
): GroupSummary {
  const rows = byRow(generations);
  const cases = rows.map((each) => {
    const figure = (of: keyof RoundFigures) =>
      estimate(each.map(({ rounds }) => rounds.map((round) => round[of])));
    const toFirst = each.map((one, generation) => ratios(one, rows[0]?.[generation] ?? one));
    return {
      name: each[0]?.name ?? '',
      server: each[0]?.server ?? '',
      cpuMicros: figure('cpuMicros'),
      toFirst: estimate(toFirst, 2),
      redisMicros: figure('redisMicros'),
      perSecond: figure('perSecond'),
      residentMiB: figure('residentMiB'),
      readyMs: estimate(each.map(({ readyMs }) => [readyMs])),
    };
  });
  return { name, meaning, cases };
}

export function summariseLatency(generations: Generations<LatencyFigures>): LatencySummary[] {
  return byRow(generations).map((each) => {
    const percentile = (of: 'p50' | 'p99') =>
      estimate(
        each.map(({ rounds }) => rounds.map((round) => round[of])),
        1,
      );
    return { name: each[0]?.name ?? '', p50: percentile('p50'), p99: percentile('p99') };
  });
}
