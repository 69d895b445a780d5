import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { webDigest } from '../../src/device/web-digest.ts';
import { canonicalJson, type Json } from '../../src/index.ts';
import { anyHostileView } from '../json-arbitrary.ts';
import { readVectors } from '../vectors/read-vectors.ts';

const { numbers, documents, refused } = readVectors('canonical-json');

describe('S12 canonical JSON is RFC 8785', () => {
  test.each(numbers)('RFC 8785 appendix B: the number with the bits %s is %s', (bits, text) => {
    const number = Buffer.from(bits, 'hex').readDoubleBE();
    if (text === null) expect(() => canonicalJson([number])).toThrow();
    else expect(canonicalJson([number])).toBe(`[${text}]`);
  });

  test.each(documents)('the canonical JSON of a document: $title', async ({ input, canonical, digest }) => {
    expect(canonicalJson(JSON.parse(input) as Json)).toBe(canonical);
    expect(await webDigest()(canonical)).toBe(digest);
  });

  test.each(refused)('a text without a canonical form is rejected: %s', (input) => {
    expect(() => canonicalJson(JSON.parse(input) as Json)).toThrow();
  });

  test('equal values have the same canonical JSON, whatever the order of their members', () => {
    const turned = (value: Json): Json =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === 'object' && value !== null
          ? (Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([name, each]) => [name, turned(each as Json)]),
            ) as Json)
          : value;
    fc.assert(
      fc.property(anyHostileView, (view) => {
        expect(canonicalJson(turned(view))).toBe(canonicalJson(view));
        expect(canonicalJson(JSON.parse(canonicalJson(view)) as Json)).toBe(canonicalJson(view));
      }),
    );
  });

  test('canonicalJson omits undefined members, and serializes 10,000 levels', () => {
    expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(canonicalJson(JSON.parse(deep) as Json)).toBe(deep);
  });
});
