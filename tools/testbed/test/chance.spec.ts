import { expect, test } from '@jest/globals';
import { Chance } from '../src/index.ts';

/** These must never change, so that a failure found with a seed can be reproduced with it. */
test.each([
  [1, [358, 105, 675, 917, 101, 301, 24, 466]],
  [2 ** 31, [820, 448, 783, 512, 838, 420, 894, 932]],
])('seed %d gives the same numbers on every machine', (seed, draws) => {
  const chance = new Chance(seed);
  expect(draws.map(() => chance.below(1_000))).toEqual(draws);
});

test('shuffle returns a permutation and does not modify the list', () => {
  const items = [1, 2, 3, 4, 5, 6];
  const shuffled = new Chance(1).shuffle(items);
  expect(shuffled).not.toEqual(items);
  expect(shuffled.toSorted()).toEqual(items);
});
