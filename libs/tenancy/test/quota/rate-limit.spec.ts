import { beforeEach, expect, test } from '@jest/globals';
import { createLogger, createMemoryStore, StateUnavailable, type StateStore } from '@bff/service-kit';
import { createRateLimit } from '../../src/index.ts';

const log = createLogger('test', 'silent');
let at = 0;
const now = () => at;
beforeEach(() => {
  at = Date.UTC(2026, 0, 1) + 10_000;
});
const limit = (store: StateStore, name = 'thing') =>
  createRateLimit({ name, limit: 3, windowSeconds: 60, store, log, now });
const memory = () => createMemoryStore({ clock: now });

test('F43 a rate limit admits its number of calls in a window and then returns the seconds to wait, for each subject separately', async () => {
  const things = limit(memory());
  const admitted = await Promise.all(Array.from({ length: 10 }, () => things.admit('a')));
  expect(admitted.filter((seconds) => seconds === undefined)).toHaveLength(3);
  expect(admitted.filter((seconds) => seconds === 50)).toHaveLength(7);
  expect(await things.admit('b')).toBeUndefined();
  at += 50_000;
  expect(await things.admit('a')).toBeUndefined();
});

test('F43 replicas share the counter of a rate limit, and two rate limits in one store have separate counters', async () => {
  const store = memory();
  const [one, other, elsewhere] = [limit(store), limit(store), limit(store, 'other')];
  for (const replica of [one, other, one]) expect(await replica.admit('a')).toBeUndefined();
  expect(await other.admit('a')).toBe(50);
  expect(await elsewhere.admit('a')).toBeUndefined();
});

test('F43 while the store does not answer, each process counts the calls against a rate limit alone', async () => {
  const away = () => Promise.reject(new StateUnavailable('away'));
  const things = limit({ ...memory(), count: away });
  for (let count = 0; count < 3; count += 1) expect(await things.admit('a')).toBeUndefined();
  expect(await things.admit('a')).toBe(50);
});

test('F43 the store keys of a rate limit contain no client address', async () => {
  const store = memory();
  const keys: string[] = [];
  const count: StateStore['count'] = (counters) => {
    keys.push(...counters.map(({ key }) => key));
    return store.count(counters);
  };
  await limit({ ...store, count }).admit('203.0.113.9');
  expect(keys).toHaveLength(1);
  expect(keys.join()).not.toContain('203.0.113.9');
});
