import type { Spread } from '../sizes/report.ts';

/**
 * Returns a quantile, interpolated between two values (type 7 of Hyndman and Fan, the default of R and
 * NumPy).
 * @throws {RangeError} if there are no values, or `share` is outside 0 to 1
 */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (below === undefined || above === undefined)
    throw new RangeError('no values, or a share outside 0 to 1');
  return below + (above - below) * (at - Math.floor(at));
}

/** Returns minimum, quartiles and maximum, rounded to a tenth. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(quantile(sorted, share) * 10) / 10;
  return { least: at(0), lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75), most: at(1) };
}
