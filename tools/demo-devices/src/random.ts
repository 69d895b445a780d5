import { Chance } from '@bff/testbed';

/** From 0 to below `limit`. */
export type Random = (limit: number) => number;

/** The same seed gives the same numbers on every machine. */
export function randomFrom(seed: number): Random {
  const chance = new Chance(seed);
  return (limit) => chance.below(limit);
}

export const pick = <T>(random: Random, items: readonly T[]): T | undefined => items[random(items.length)];
