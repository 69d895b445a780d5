import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyOf, type CachedCopy } from '../src/cached-copy.ts';
import { ResponseCache } from '../src/response-cache.ts';

const maxBytes = 1_048_576;

const copyWith = (bytes: number, askedAt = 0): CachedCopy<unknown> => {
  const reply = { status: 200, headers: { 'cache-control': 'max-age=60' }, bytes };
  return copyOf('value', reply, { askedAt, answeredAt: askedAt, wall: 0 }, 60_000)!;
};

test('A7 its bytes are bounded whatever is put into it, and counted right', () => {
  const command = fc.record({
    owner: fc.integer({ min: 0, max: 99 }).map(String),
    target: fc.integer({ min: 0, max: 9 }).map(String),
    bytes: fc.integer({ min: 0, max: 7_600 }),
    remove: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(command, { minLength: 200, maxLength: 600 }), (commands) => {
      const cache = new ResponseCache(maxBytes);
      for (const { owner, target, bytes, remove } of commands) {
        if (remove && bytes < 2_000) cache.delete(`${owner} ${target}`);
        else cache.set(owner, `${owner} ${target}`, copyWith(bytes), 0);
        expect(cache.bytes).toBeLessThanOrEqual(maxBytes);
      }
      for (let owner = 0; owner < 100; owner++)
        for (let target = 0; target < 10; target++) cache.delete(`${owner} ${target}`);
      expect(cache.bytes).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test('A7 the least recently used owner goes first', () => {
  const cache = new ResponseCache(maxBytes);
  const held = (owner: number) => cache.get(String(owner)) !== undefined;
  for (let owner = 0; owner < 64; owner++) cache.set(String(owner), String(owner), copyWith(7_600), 0);
  expect(held(0)).toBe(true);
  for (let owner = 64; owner < 70; owner++) cache.set(String(owner), String(owner), copyWith(7_600), 0);
  expect([held(0), held(1), held(69)]).toEqual([true, false, true]);
});

test('A7 one owner that asks for ever more pushes out only its own', () => {
  const cache = new ResponseCache(maxBytes);
  cache.set('quiet', 'quiet', copyWith(1_000), 0);
  for (let page = 0; page < 10_000; page++) cache.set('noisy', `page ${page}`, copyWith(1_000), 0);
  expect(cache.get('quiet')).toBeDefined();
  expect(cache.get('page 9999')).toBeDefined();
  expect(cache.bytes).toBeLessThan(maxBytes / 32);
});

test('A7 an answer above the share of an owner is not kept, and the copy before it is gone', () => {
  const cache = new ResponseCache(maxBytes);
  cache.set('a', 'x', copyWith(10), 0);
  cache.set('a', 'x', copyWith(maxBytes), 0);
  expect(cache.get('x')).toBeUndefined();
  expect(cache.bytes).toBe(0);
});

test('A7 what is of no use any more goes as others come', () => {
  const cache = new ResponseCache(maxBytes);
  for (let owner = 0; owner < 50; owner++) cache.set(String(owner), String(owner), copyWith(100), 0);
  const before = cache.bytes;
  cache.set('later', 'later', copyWith(100, 120_000), 120_000);
  expect(cache.bytes).toBe(before / 50);
});

test('A7 an answer does not take the place of one that was asked for later', () => {
  const cache = new ResponseCache(maxBytes);
  cache.set('a', 'x', copyWith(10, 5), 0);
  cache.set('a', 'x', copyWith(20, 4), 0);
  expect(cache.get('x')?.askedAt).toBe(5);
});

test('A7 room is made at the same cost however much is held', () => {
  const cache = new ResponseCache(64 * maxBytes);
  const fill = (from: number, count: number) => {
    const startedAt = performance.now();
    for (let i = from; i < from + count; i++) cache.set(`o${i}`, `k${i}`, copyWith(0), 0);
    return performance.now() - startedAt;
  };
  fill(0, 70_000);
  // With the order of a Map this takes seconds.
  expect(fill(70_000, 20_000)).toBeLessThan(1_000);
});
