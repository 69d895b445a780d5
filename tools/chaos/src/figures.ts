/** Nearest rank; NaN of nothing. @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

/** Least squares with the 95 % confidence interval of the slope. */
export interface Slope {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The interval uses the normal quantile with the errors' autocorrelation left out, so it is a little too narrow for a
 * series of neighbours; from 30 points on the t quantile differs by less than 5 %.
 *
 * @throws {RangeError} of fewer than three points, or when all have the same x
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope {
  const count = points.length;
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / count;
  const [meanX, meanY] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (count < 3 || spread === 0) throw new RangeError('a slope needs three points apart');
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residuals = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  const error = 1.96 * Math.sqrt(residuals / (count - 2) / spread);
  return { slope, low: slope - error, high: slope + error };
}
