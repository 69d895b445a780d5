import { Chance } from '@bff/testbed';
import { quantile } from '../../report/quantile.ts';
import type { Interval } from '../report/performance-report.ts';

const resamples = 2_000;

/**
 * Returns the median over the medians of the processes, and its 95 % interval: the percentile bootstrap that
 * resamples processes, because rounds of one process are not independent of each other. Deterministic.
 * @param processes the values of the rounds of each process
 * @param digits decimals to round to
 */
export function estimate(processes: readonly (readonly number[])[], digits = 0): Interval {
  const medians = processes.map(median);
  const chance = new Chance(1);
  const resampled = Array.from({ length: resamples }, () => median(medians.map(() => chance.pick(medians))));
  const sorted = resampled.sort((a, b) => a - b);
  const rounded = (value: number): number => Number(value.toFixed(digits));
  return {
    lower: rounded(quantile(sorted, 0.025)),
    median: rounded(median(medians)),
    upper: rounded(quantile(sorted, 0.975)),
  };
}

const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
