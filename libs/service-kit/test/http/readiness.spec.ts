import { beforeEach, expect, test } from '@jest/globals';
import { createReadiness } from '../../src/http/readiness.ts';

let now: number;
let there: boolean;
beforeEach(() => {
  now = 0;
  there = true;
});
const store = async (): Promise<void> => {
  if (!there) throw new Error('gone');
};
const at = async (evaluate: ReturnType<typeof createReadiness>, ms: number, isThere: boolean) => {
  now = ms;
  there = isThere;
  const { ok, checks } = await evaluate();
  return [ok, checks['store']];
};

test('F48 while a dependency has never worked, the app is unready, and it becomes ready at the first success', async () => {
  const evaluate = createReadiness({ readiness: { store }, clock: () => now });
  expect(await at(evaluate, 0, false)).toEqual([false, 'gone']);
  expect(await at(evaluate, 1, true)).toEqual([true, 'ok']);
});

test('F48 when a dependency fails now and then, the app stays ready and reports the current result', async () => {
  const evaluate = createReadiness({ readiness: { store }, clock: () => now });
  await at(evaluate, 0, true);
  for (let second = 1; second < 60; second++)
    expect(await at(evaluate, second * 1_000, second % 3 === 0)).toEqual([
      true,
      second % 3 === 0 ? 'ok' : 'gone',
    ]);
});

test('F48 when a dependency fails, the app becomes unready after 3 s and two failures, and ready again after two successes', async () => {
  const evaluate = createReadiness({ readiness: { store }, clock: () => now });
  await at(evaluate, 0, true);
  expect(await at(evaluate, 10_000, false)).toEqual([true, 'gone']);
  expect(await at(evaluate, 20_000, false)).toEqual([false, 'gone']);
  expect(await at(evaluate, 20_500, true)).toEqual([false, 'ok']);
  expect(await at(evaluate, 21_000, false)).toEqual([false, 'gone']);
  expect(await at(evaluate, 21_500, true)).toEqual([false, 'ok']);
  expect(await at(evaluate, 22_000, true)).toEqual([true, 'ok']);
});

test('F48 the failure of a dispensable dependency is reported and does not affect readiness', async () => {
  const evaluate = createReadiness({ readiness: { store }, dispensable: ['store'], clock: () => now });
  expect(await at(evaluate, 0, false)).toEqual([true, 'gone']);
  expect(await at(evaluate, 9_000, false)).toEqual([true, 'gone']);
});

test('F41 when a dependency works only in part, the app stays ready and reports what is wrong', async () => {
  const evaluate = createReadiness({ readiness: { store: async () => 'no writes: OOM' } });
  expect(await evaluate()).toEqual({ ok: true, checks: { store: 'no writes: OOM' } });
});
