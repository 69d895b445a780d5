import { expect, test } from '@jest/globals';
import { randomHex } from '../../src/core/random-hex.ts';

test('randomHex returns ids of the requested length, and no id twice even after its pool of random bytes was refilled', () => {
  const made = Array.from({ length: 2_000 }, (_, at) => randomHex(at % 2 === 0 ? 16 : 12));
  for (const [at, id] of made.entries())
    expect(id).toMatch(at % 2 === 0 ? /^[0-9a-f]{32}$/ : /^[0-9a-f]{24}$/);
  expect(new Set(made).size).toBe(made.length);
});

test('randomHex never uses a random byte for two ids', () => {
  const text = Array.from({ length: 1_000 }, () => randomHex(9)).join('');
  const pieces = new Set<string>();
  for (let at = 0; at + 16 <= text.length; at++) pieces.add(text.slice(at, at + 16));
  expect(pieces.size).toBe(text.length - 15);
});
