import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { entryOf, type CacheEntry } from '../../src/cache/cache-entry.ts';
import { ResponseCache } from '../../src/cache/response-cache.ts';

const maxBytes = 1_048_576;
/** Bytes of an answer whose entry uses up the share of an identity. */
const largest = 7_680;
const minutes = 60_000;

/** Creates an entry that expires `keepMs` after its request. */
const entryWith = (bytes: number, askedAt = 0, keepMs = 2 * minutes): CacheEntry<unknown> => {
  const reply = {
    status: 200,
    headers: { 'cache-control': 'max-age=60' },
    bytes,
    text: undefined,
    fault: undefined,
    wasSent: true,
    isConnectionFault: false,
  };
  return entryOf(
    'value',
    () => undefined,
    reply,
    { askedAt, answeredAt: askedAt, wall: 0 },
    keepMs - 60_000,
  )!;
};

test('A7 after any sequence of commands the cache is bounded, counts its bytes and returns only the newest entry', () => {
  const kind = fc.oneof(
    { weight: 6, arbitrary: fc.constant('set' as const) },
    { weight: 3, arbitrary: fc.constant('get' as const) },
    { weight: 1, arbitrary: fc.constant('delete' as const) },
  );
  const command = fc.record({
    kind,
    owner: fc.integer({ min: 0, max: 99 }).map(String),
    target: fc.integer({ min: 0, max: 9 }).map(String),
    bytes: fc.integer({ min: 0, max: largest + 100 }),
    askedBefore: fc.integer({ min: 0, max: 10 }),
    keepMs: fc.integer({ min: 60_000, max: 70_000 }),
    passes: fc.oneof({ weight: 200, arbitrary: fc.integer({ min: 0, max: 20 }) }, fc.constant(50_000)),
  });
  fc.assert(
    fc.property(fc.array(command, { minLength: 200, maxLength: 600 }), (commands) => {
      const cache = new ResponseCache(maxBytes);
      const model = new Map<string, CacheEntry<unknown> | undefined>();
      let now = 0;
      for (const { kind, owner, target, bytes, askedBefore, keepMs, passes } of commands) {
        now += passes;
        const key = `${owner} ${target}`;
        const last = model.get(key);
        if (kind === 'delete') {
          cache.delete(owner, target);
          expect(cache.get(owner, target)).toBeUndefined();
          model.delete(key);
        } else if (kind === 'get') {
          expect([last, undefined]).toContain(cache.get(owner, target));
        } else {
          const entry = entryWith(bytes, now - askedBefore, keepMs);
          cache.set(owner, target, entry, now);
          const held = cache.get(owner, target);
          const kept = bytes > largest ? undefined : entry;
          // The older entry may have been evicted in the meantime, so that nothing is left to compare with.
          expect(last && last.askedAt > entry.askedAt ? [last, kept] : [kept]).toContain(held);
          model.set(key, held);
        }
        expect(cache.bytes).toBeLessThanOrEqual(maxBytes);
      }
      for (let owner = 0; owner < 100; owner++)
        for (let target = 0; target < 10; target++) cache.delete(String(owner), String(target));
      expect(cache.bytes).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test.each([0, 1_000, largest])(
  'A7 with answers of %d bytes, the cache uses its maximum size almost completely and never exceeds it',
  (bytes) => {
    const cache = new ResponseCache(maxBytes);
    let most = 0;
    for (let owner = 0; owner < 3_000; owner++) {
      cache.set(String(owner), 'x', entryWith(bytes), 0);
      most = Math.max(most, cache.bytes);
    }
    expect(most).toBeLessThanOrEqual(maxBytes);
    expect(most).toBeGreaterThan(0.95 * maxBytes);
    expect(cache.bytes).toBeGreaterThan(0.45 * maxBytes);
  },
);

test('A7 the entry of an identity that is in use is kept, and the entries of unused identities are evicted first', () => {
  const cache = new ResponseCache(maxBytes);
  for (let index = 0; index < 1_000; index++) {
    cache.set(`single ${index}`, 'x', entryWith(7_600), 0);
    if (index === 0) cache.set('regular', 'x', entryWith(7_600), 0);
    if (index % 25 === 0) expect(cache.get('regular', 'x')).toBeDefined();
  }
  expect(cache.get('single 999', 'x')).toBeDefined();
  expect(cache.get('single 900', 'x')).toBeUndefined();
});

test('A7 two identities that read the same target each have their own cache entry', () => {
  const cache = new ResponseCache(maxBytes);
  const [first, second] = [entryWith(1), entryWith(2)];
  cache.set('u1', 'x', first, 0);
  cache.set('u2', 'x', second, 0);
  cache.delete('u3', 'x');
  expect([cache.get('u1', 'x'), cache.get('u2', 'x'), cache.get('u3', 'x')]).toEqual([
    first,
    second,
    undefined,
  ]);
});

test('A7 when one identity reads more and more resources, only its own entries are evicted, the oldest first', () => {
  const cache = new ResponseCache(maxBytes);
  cache.set('quiet', 'quiet', entryWith(1_000), 0);
  for (let page = 0; page < 10_000; page++) cache.set('noisy', `page ${page}`, entryWith(1_000), 0);
  expect(cache.get('quiet', 'quiet')).toBeDefined();
  const held = (page: number) => cache.get('noisy', `page ${page}`) !== undefined;
  expect([9_994, 9_995, 9_999].map(held)).toEqual([false, true, true]);
  expect(cache.bytes).toBeLessThan(maxBytes / 32);
});

test('A7 one identity has at most 256 entries, however large the cache is', () => {
  const cache = new ResponseCache(1_024 * maxBytes);
  for (let page = 0; page < 1_000; page++) cache.set('noisy', `page ${page}`, entryWith(0), 0);
  expect(cache.bytes).toBe(256 * 1_024);
  expect(cache.get('noisy', 'page 999')).toBeDefined();
});

test('A7 an answer that is larger than the share of one identity is not stored, and the entry that it would replace is dropped', () => {
  const cache = new ResponseCache(maxBytes);
  cache.set('a', 'x', entryWith(10), 0);
  cache.set('a', 'y', entryWith(10), 0);
  cache.set('a', 'x', entryWith(maxBytes), 0);
  expect(cache.get('a', 'x')).toBeUndefined();
  expect(cache.get('a', 'y')).toBeDefined();
  cache.delete('a', 'y');
  expect(cache.bytes).toBe(0);
});

test('A7 expired entries are evicted when another entry is stored', () => {
  const cache = new ResponseCache(maxBytes);
  for (let owner = 0; owner < 50; owner++) cache.set(String(owner), 'x', entryWith(100), 0);
  const before = cache.bytes;
  cache.set('later', 'x', entryWith(100, 2 * minutes), 2 * minutes);
  expect(cache.bytes).toBe(before / 50);
});

test('A7 a cache below its maximum size evicts no entry before the entry expires, and keeps no entry for longer than twice the longest storage time', () => {
  const longest = 5 * minutes;
  const visit = fc.record({
    passes: fc.integer({ min: 0, max: minutes }),
    keepMs: fc.integer({ min: minutes, max: longest }),
  });
  fc.assert(
    fc.property(fc.array(visit, { minLength: 1, maxLength: 60 }), (visits) => {
      const cache = new ResponseCache(maxBytes);
      const entries: CacheEntry<unknown>[] = [];
      let now = 0;
      for (const { passes, keepMs } of visits) {
        now += passes;
        const entry = entryWith(0, now, keepMs);
        cache.set(String(entries.push(entry)), 'x', entry, now);
      }
      const inTime = entries.filter(({ askedAt }) => now < askedAt + 2 * longest);
      expect(cache.bytes).toBeLessThanOrEqual(1_024 * inTime.length);
      for (const [index, entry] of entries.entries())
        if (now < entry.keepUntil) expect(cache.get(String(index + 1), 'x')).toBe(entry);
    }),
  );
});

test('A7 while one identity is in use, the expired entries of others are still evicted', () => {
  const cache = new ResponseCache(maxBytes);
  cache.set('regular', 'x', entryWith(0, 0, 60 * minutes), 0);
  for (let now = 0; now < 130 * minutes; now += minutes) {
    cache.set(`single ${now}`, 'x', entryWith(0, now), now);
    expect(cache.get('regular', 'x')).toBeDefined();
  }
  // The identities of the last four minutes, and the one in use.
  expect(cache.bytes).toBeLessThanOrEqual(6 * 1_024);
});

test('A7 an answer does not replace an entry whose request was sent later', () => {
  const cache = new ResponseCache(maxBytes);
  cache.set('a', 'x', entryWith(10, 5), 0);
  cache.set('a', 'x', entryWith(20, 4), 0);
  expect(cache.get('a', 'x')?.askedAt).toBe(5);
});

test('A7 an eviction costs the same for any number of stored entries', () => {
  const cache = new ResponseCache(64 * maxBytes);
  const fill = (from: number, count: number) => {
    const before = process.cpuUsage().user;
    for (let i = from; i < from + count; i++) cache.set(`o${i}`, 'x', entryWith(0), 0);
    return (process.cpuUsage().user - before) / 1_000;
  };
  fill(0, 70_000);
  // This takes seconds if the oldest entry is found by iterating over a Map.
  expect(fill(70_000, 20_000)).toBeLessThan(1_000);
});
