import { quantile } from '../../report/quantile.ts';
import type { CaseGroup } from '../cases/cases.ts';
import type { CaseFigures } from './measure-group.ts';
import type { GroupSummary, Quartiles } from '../report/performance-report.ts';

/** Returns the quartiles. @param digits decimals to round to */
export function quartilesOf(values: readonly number[], digits = 0): Quartiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => Number(quantile(sorted, share).toFixed(digits));
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

/**
 * Returns the CPU time of one case divided by that of another, per round, because a slow minute of the
 * machine affects both cases of a round.
 */
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
