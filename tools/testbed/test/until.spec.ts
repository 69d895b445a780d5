import { expect, test } from '@jest/globals';
import { succeeds, until } from '../src/index.ts';

test.each([0, 1])('every %i ms: asks until it holds, and gives what was waited for', async (everyMs) => {
  let asked = 0;
  expect(await until(() => ++asked === 3 && 'here', { everyMs })).toBe('here');
  expect(await until(async () => ++asked === 6 && 'here', { everyMs })).toBe('here');
  expect(asked).toBe(6);
});

test('holds at once: it is asked once', async () => {
  let asked = 0;
  await until(() => ++asked);
  expect(asked).toBe(1);
});

test.each([0, 1])('every %i ms: what never holds is named in time, and not asked again', async (everyMs) => {
  let asked = 0;
  const begun = performance.now();
  await expect(until(() => ++asked < 0, { everyMs, withinMs: 50 })).rejects.toThrow(
    'not within 50 ms: () => ++asked < 0',
  );
  expect(performance.now() - begun).toBeGreaterThanOrEqual(49);
  const askedBefore = asked;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([asked, asked > 1]).toEqual([askedBefore, true]);
});

test('a condition that throws is not asked again', async () => {
  let asked = 0;
  const failing = async () => {
    asked++;
    throw new Error('a bug');
  };
  await expect(until(failing)).rejects.toThrow('a bug');
  expect(asked).toBe(1);
  await until(async () => asked === 3 || (await succeeds(failing())));
  expect([asked, await succeeds(Promise.resolve(0))]).toEqual([3, true]);
});
