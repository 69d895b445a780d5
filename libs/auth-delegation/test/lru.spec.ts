import { expect, test } from '@jest/globals';
import { Lru } from '../src/lru.ts';

test('A11 never holds more than it may, and lets go of what was unused for longest', () => {
  const lru = new Lru<number>(3);
  for (const [index, key] of ['a', 'b', 'c'].entries()) lru.set(key, index);
  lru.get('a');
  lru.set('b', 7);
  lru.set('d', 3);

  expect([lru.get('a'), lru.get('b'), lru.get('c'), lru.get('d')]).toEqual([0, 7, undefined, 3]);
  for (let index = 0; index < 10_000; index += 1) lru.set(`key ${index}`, index);
  expect(lru.size).toBe(3);
});
