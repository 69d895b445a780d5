/** Nearest rank; NaN of nothing. @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

/** The median of the slopes of all pairs of points (Theil, Sen), and its 95 % confidence interval. */
export interface Slope {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Asks nothing of how the errors are distributed, and one point in four may lie anywhere. The interval is that of Sen (1968),
 * from the normal approximation of Kendall's S; it takes neighbours for independent, which makes it a little too narrow.
 *
 * @throws {RangeError} of fewer than three points that differ in x
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
