import { expect, test } from '@jest/globals';
import { succeeds, until } from '../src/index.ts';

test.each([0, 1])(
  'until with an interval of %i ms checks until the condition is true, and returns its value',
  async (everyMs) => {
    let asked = 0;
    expect(await until(() => ++asked === 3 && 'here', { everyMs })).toBe('here');
    expect(await until(async () => ++asked === 6 && 'here', { everyMs })).toBe('here');
    expect(asked).toBe(6);
  },
);

test('until checks a condition only once when it is true at once', async () => {
  let asked = 0;
  await until(() => ++asked);
  expect(asked).toBe(1);
});

test.each([0, 1])(
  'until with an interval of %i ms throws an error that names a condition that stays false, and stops checking',
  async (everyMs) => {
    let asked = 0;
    const begun = performance.now();
    await expect(until(() => ++asked < 0, { everyMs, withinMs: 500 })).rejects.toThrow(
      'not within 500 ms: () => ++asked < 0',
    );
    expect(performance.now() - begun).toBeGreaterThanOrEqual(499);
    const askedBefore = asked;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([asked, asked > 1]).toEqual([askedBefore, true]);
  },
);

test('until stops checking a condition that throws', async () => {
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
