import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LruCache } from '../../src/index.ts';

test('A11 a full LRU cache evicts entries that were not used, and keeps entries that were used', () => {
  const cache = new LruCache<number>(8);
  for (let index = 0; index < 8; index++) {
    cache.set(`key ${index}`, index);
    expect(cache.get('key 0')).toBe(0);
  }
  for (let index = 8; index < 10; index++) cache.set(`key ${index}`, index);
  const held = [9, 8, 7, 0, 6, 2, 1].map((index) => cache.get(`key ${index}`) !== undefined);
  expect(held).toEqual([true, true, true, true, true, false, false]);
});

test('A11 an entry of more than half of the maximum weight is not stored, evicts no other entry, and removes the former value of its key', () => {
  const cache = new LruCache<string>(8, { weigh: ({ length }) => length });
  cache.set('a', 'xx');
  cache.set('b', 'x');
  cache.set('huge', 'xxxxx');
  expect([cache.get('a'), cache.get('huge'), cache.weight]).toEqual(['xx', undefined, 3]);
  cache.set('a', 'xxxxx');
  expect([cache.get('a'), cache.get('b'), cache.weight]).toEqual([undefined, 'x', 1]);
});

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const weight = fc.integer({ min: 1, max: 12 });
const limit = 20;

test('A11 the LRU cache never exceeds its maximum weight, and returns only the value that was set last for a key', () => {
  const step = fc.record({ key, weight, act: fc.constantFrom('set', 'set', 'get', 'delete') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const cache = new LruCache<{ readonly weight: number }>(limit, { weigh: (value) => value.weight });
      const last = new Map<string, { readonly weight: number }>();
      for (const { key, weight, act } of steps) {
        const value = { weight };
        if (act === 'set') cache.set(key, value);
        if (act === 'delete') cache.delete(key);
        if (act === 'set' && weight <= limit / 2) last.set(key, value);
        else if (act !== 'get') last.delete(key);
        const got = cache.get(key);
        if (act !== 'get' || got !== undefined) expect(got).toBe(last.get(key));
        expect(cache.weight).toBeLessThanOrEqual(limit);
      }
      for (const [each] of last) cache.delete(each);
      expect(cache.weight).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test('A11 the LRU cache keeps the most recently used entries up to half of its maximum weight', () => {
  const weights = fc.dictionary(key, fc.integer({ min: 1, max: limit / 2 }), { minKeys: 8, maxKeys: 8 });
  const uses = fc.array(fc.record({ key, again: fc.boolean() }), { maxLength: 60 });
  fc.assert(
    fc.property(weights, uses, (weights, uses) => {
      const cache = new LruCache<number>(limit, { weigh: (value) => value });
      let byUse: string[] = [];
      for (const { key, again } of uses) {
        const value = weights[key] ?? 1;
        if (again || cache.get(key) === undefined) cache.set(key, value);
        byUse = [key, ...byUse.filter((each) => each !== key)];
      }
      let room = limit / 2;
      for (const each of byUse) {
        room -= weights[each] ?? 1;
        if (room < 0) break;
        expect(cache.get(each)).toBe(weights[each]);
      }
    }),
    { numRuns: 500 },
  );
});

test('A11 the LRU cache drops expired entries when the last entry of their generation has expired', () => {
  const cache = new LruCache<number>(100, { keepUntil: (value) => value });
  cache.set('soon', 10);
  cache.set('late', 20);
  cache.expire(19);
  expect([cache.get('late'), cache.weight]).toEqual([20, 2]);
  cache.expire(20);
  expect([cache.get('late'), cache.weight]).toEqual([undefined, 0]);
});

test('A11 an eviction from the LRU cache costs the same for any number of entries', () => {
  const cache = new LruCache<number>(50_000);
  const fill = (from: number, count: number) => {
    const { user } = process.cpuUsage();
    for (let index = from; index < from + count; index++) cache.set(`key ${index}`, index);
    return process.cpuUsage().user - user;
  };
  fill(0, 100_000);
  // By the insertion order of one Map this takes a second.
  expect(fill(100_000, 30_000)).toBeLessThan(300_000);
});
