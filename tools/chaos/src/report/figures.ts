/** Returns the percentile by nearest rank; NaN without values. @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

/** Median of the slopes of all pairs of points (Theil-Sen estimator), and its 95 % confidence interval. */
export interface Slope {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Assumes no distribution of the errors, and tolerates outliers in up to a quarter of the points. The
 * interval is that of Sen (1968), by the normal approximation of Kendall's S; it assumes independent
 * neighbours, which makes it slightly too narrow.
 *
 * @throws {RangeError} on fewer than three pairs of points that differ in x
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope {
  const slopes = points
    .flatMap(([x, y], index) => points.slice(index + 1).map(([toX, toY]) => (toY - y) / (toX - x)))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const { length: pairs } = slopes;
  if (pairs < 3) throw new RangeError('a slope needs three points apart');
  const count = points.length;
  const width = 1.96 * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const at = (rank: number): number => slopes[Math.min(pairs - 1, Math.max(0, Math.round(rank)))] ?? NaN;
  return {
    slope: ((slopes[(pairs - 1) >> 1] ?? NaN) + (slopes[pairs >> 1] ?? NaN)) / 2,
    low: at((pairs - width) / 2 - 1),
    high: at((pairs + width) / 2),
  };
}
