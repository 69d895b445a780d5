import { expect, test } from '@jest/globals';
import { brotliDecompressSync } from 'node:zlib';
import { CodedBodies } from '../../../src/response/coding/content-coding.ts';

const large = 'All about things. '.repeat(5000);

test('H5 the body of an entity tag is encoded once, even for concurrent calls', async () => {
  const bodies = new CodedBodies(1_000_000);
  const underWay = bodies.get('tag-br', large, 'br');
  expect(bodies.get('tag-br', large, 'br')).toBe(underWay);
  const bytes = await underWay;
  expect(bodies.get('tag-br', large, 'br')).toBe(bytes);
  expect(brotliDecompressSync(bytes).toString()).toBe(large);
});

test('H8 a body that is larger than the cache is encoded again by each call', () => {
  const bodies = new CodedBodies(10);
  const first = bodies.get('tag-br', 'small body', 'br');
  const again = bodies.get('tag-br', 'small body', 'br');
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});

test('H5 bodies with different entity tags are encoded separately', () => {
  const bodies = new CodedBodies(1_000_000);
  const [one, other] = [bodies.get('one-br', 'one', 'br'), bodies.get('other-br', 'other', 'br')] as [
    Buffer,
    Buffer,
  ];
  expect([one, other].map((bytes) => brotliDecompressSync(bytes).toString())).toEqual(['one', 'other']);
});
