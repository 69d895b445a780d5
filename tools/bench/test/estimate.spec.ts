import { expect, test } from '@jest/globals';
import { Chance } from '@bff/testbed';
import { estimate } from '../src/performance/measure/estimate.ts';

test('an estimate is the median of the medians of the processes, however many rounds each has', () => {
  expect(estimate([[1, 2, 9], [4], [5, 7]], 1).median).toBe(4);
});

test('the interval of one process has no width, because a single process says nothing about others', () => {
  expect(estimate([[1, 2, 3]])).toEqual({ lower: 2, median: 2, upper: 2 });
});

test('the interval of four processes is their range, and more rounds do not narrow it', () => {
  const values = [1, 2, 3, 4];
  const range = { lower: 1, median: 2.5, upper: 4 };
  expect(
    estimate(
      values.map((value) => [value]),
      1,
    ),
  ).toEqual(range);
  expect(
    estimate(
      values.map((value) => Array.from({ length: 50 }, () => value)),
      1,
    ),
  ).toEqual(range);
});

test('intervals of 12 processes contain the true median in at least 90 of 100 experiments', () => {
  const chance = new Chance(7);
  const experiments = Array.from({ length: 100 }, () =>
    estimate(
      Array.from({ length: 12 }, () => [chance.below(1_001)]),
      2,
    ),
  );
  const covered = experiments.filter(({ lower, upper }) => lower <= 500 && upper >= 500).length;
  expect(covered).toBeGreaterThanOrEqual(90);
  expect(covered).toBeLessThan(100);
});
