import { Chance } from '@bff/testbed';

/** Returns an integer from 0 to `limit`, exclusive. */
export type Random = (limit: number) => number;

/** Creates a generator: the same seed gives the same numbers on every machine. */
export function randomFrom(seed: number): Random {
  const chance = new Chance(seed);
  return (limit) => chance.below(limit);
}

export const pick = <T>(random: Random, items: readonly T[]): T | undefined => items[random(items.length)];
