import { quantile } from '../../report/quantile.ts';
import type { CaseGroup } from '../cases/cases.ts';
import type { CaseFigures } from './measure-group.ts';
import type { GroupSummary, Quartiles } from '../report/performance-report.ts';

/** @param digits after the point */
export function quartilesOf(values: readonly number[], digits = 0): Quartiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => Number(quantile(sorted, share).toFixed(digits));
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

/** CPU time of one case against another of its group, round by round: what slows one round slows both. */
export function ratios(of: CaseFigures, to: CaseFigures): number[] {
  return of.rounds.map(({ cpuMicros }, round) => cpuMicros / (to.rounds[round]?.cpuMicros ?? Number.NaN));
}

export function summarise(
  { name, meaning }: Pick<CaseGroup, 'name' | 'meaning'>,
  figures: readonly CaseFigures[],
): GroupSummary {
  const cases = figures.map((one) => ({
    name: one.name,
    server: one.server,
    cpuMicros: quartilesOf(one.rounds.map(({ cpuMicros }) => cpuMicros)),
    toFirst: quartilesOf(ratios(one, figures[0] ?? one), 2),
    redisMicros: quartilesOf(one.rounds.map(({ redisMicros }) => redisMicros)),
    perSecond: quartilesOf(one.rounds.map(({ perSecond }) => perSecond)),
    residentMiB: one.rounds.at(-1)?.residentMiB ?? 0,
    readyMs: one.readyMs,
  }));
  return { name, meaning, cases };
}
