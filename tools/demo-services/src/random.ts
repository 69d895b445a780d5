/** Returns a number in [0, 1), like `Math.random`. */
export type Random = () => number;

/** Creates mulberry32 seeded by an FNV-1a hash: the same seed gives the same numbers on every machine. */
export function seededRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(seed)) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns an integer from `min` to `max`, both included. */
export const integerFrom = (random: Random, min: number, max: number): number =>
  min + Math.floor(random() * (max - min + 1));

export const chance = (random: Random, probability: number): boolean => random() < probability;

/** Picks an item. @throws {RangeError} on an empty list */
export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[integerFrom(random, 0, list.length - 1)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/**
 * Returns a delay as real services have it: most are near the median, some far above. Box-Muller; `sigma` is
 * the standard deviation of the logarithm.
 */
export function logNormal(random: Random, median: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}
