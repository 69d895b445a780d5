import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BoundedCache } from '../src/bounded-cache.ts';

test('H8 what was used least lately goes first', () => {
  const cache = new BoundedCache<number>(3);
  cache.set('a', 1, 1);
  cache.set('b', 2, 1);
  cache.set('c', 3, 1);
  cache.get('a');
  cache.set('d', 4, 1);
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([1, undefined, 3, 4]);
});

test('H8 what is heavier than everything allowed pushes nothing out', () => {
  const cache = new BoundedCache<number>(3);
  cache.set('a', 1, 1);
  cache.set('huge', 2, 4);
  expect([cache.get('a'), cache.get('huge'), cache.weight]).toEqual([1, undefined, 1]);
});

test('H8 never weighs more than its limit, and gives back what was put in', () => {
  const entry = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.integer({ min: 0, max: 12 }));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
      const cache = new BoundedCache<number>(10);
      const weights = new Map<string, number>();
      for (const [key, weight] of entries) {
        cache.set(key, weight, weight);
        weights.set(key, weight);
        const kept = [...weights].filter(([name]) => cache.get(name) !== undefined);
        for (const [name, value] of kept) expect(cache.get(name)).toBe(value);
        expect(cache.weight).toBe(kept.reduce((sum, [, value]) => sum + value, 0));
        expect(cache.weight).toBeLessThanOrEqual(10);
      }
    }),
  );
});
