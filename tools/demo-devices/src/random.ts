/** From 0 to below `limit`; the same seed gives the same numbers on every machine (mulberry32). */
export type Random = (limit: number) => number;

export function randomFrom(seed: number): Random {
  let state = Math.imul(seed, 2_654_435_769);
  return function random(limit) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

export const pick = <T>(random: Random, items: readonly T[]): T | undefined => items[random(items.length)];
