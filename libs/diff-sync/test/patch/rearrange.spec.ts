import { describe, expect, test } from '@jest/globals';
import { rearrange } from '../../src/patch/rearrange.ts';

/** Yields every order of every subset. */
function* arrangements(items: readonly string[]): Generator<string[]> {
  yield [];
  for (const item of items)
    for (const rest of arrangements(items.filter((other) => other !== item))) yield [item, ...rest];
}

function follow(before: readonly string[], after: readonly string[]): { list: string[]; moves: number } {
  const list = [...before];
  let moves = 0;
  for (const step of rearrange(
    before.map((item) => after.indexOf(item)),
    after.length,
  )) {
    if (step.kind === 'remove') list.splice(step.at, 1);
    else if (step.kind === 'add') list.splice(step.at, 0, after[step.index]!);
    else {
      moves++;
      list.splice(step.to, 0, ...list.splice(step.from, 1));
    }
  }
  return { list, moves };
}

/** Returns the length of a longest increasing subsequence, by trying every subset. */
function longestIncreasing(values: readonly number[]): number {
  let longest = 0;
  for (let subset = 0; subset < 2 ** values.length; subset++) {
    const chosen = values.filter((_, index) => subset & (1 << index));
    if (chosen.every((value, index) => index === 0 || chosen[index - 1]! < value))
      longest = Math.max(longest, chosen.length);
  }
  return longest;
}

describe('S5 the steps that rearrange a list', () => {
  test('rearrange leads from five items to every arrangement of any of six items with the fewest moves', () => {
    const before = ['a', 'b', 'c', 'd', 'e'];
    let tried = 0;
    for (const after of arrangements(['a', 'c', 'd', 'e', 'x', 'y'])) {
      const { list, moves } = follow(before, after);
      expect(list).toEqual(after);
      const kept = before.map((item) => after.indexOf(item)).filter((index) => index >= 0);
      expect(moves).toBe(kept.length - longestIncreasing(kept));
      tried++;
    }
    expect(tried).toBe(1_957);
  });

  test('rearrange reverses a list of 20,000 items with 19,999 moves', () => {
    const targetIndexes = Array.from({ length: 20_000 }, (_, index) => 19_999 - index);
    const steps = rearrange(targetIndexes, 20_000);
    expect(steps).toHaveLength(19_999);
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(['move']));
  });
});
