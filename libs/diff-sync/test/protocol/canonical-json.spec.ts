import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, type Json } from '../../src/index.ts';
import { anyHostileView } from '../json-arbitrary.ts';
import { example, numbers, sorting, strings } from '../vectors/rfc8785.ts';

describe('S12 canonical JSON is RFC 8785', () => {
  test.each(numbers)('appendix B: %s is %s', (bits, text) => {
    const number = Buffer.from(bits, 'hex').readDoubleBE();
    if (text === undefined) expect(() => canonicalJson([number])).toThrow();
    else expect(canonicalJson([number])).toBe(`[${text}]`);
  });

  test('section 3.2.4: the bytes of the example', () => {
    const text = canonicalJson(JSON.parse(example.input) as Json);
    expect(Buffer.from(text).toString('hex')).toBe(example.bytes.replaceAll(/\s/g, ''));
  });

  test('section 3.2.3: the order of names', () => {
    const text = canonicalJson(JSON.parse(sorting.input) as Json);
    expect(
      Object.values(JSON.parse(`[${text.replaceAll(/[{}]/g, '').replaceAll(/"[^"]*":/g, '')}]`) as string[]),
    ).toEqual(sorting.order);
  });

  test.each(strings)('section 3.2.2.2: %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each(['\ud800', '\udc00', 'a\ud800b'])('section 3.2.2.2: a lone surrogate is refused', (text) => {
    expect(() => canonicalJson({ a: text })).toThrow();
    expect(() => canonicalJson({ [text]: 1 })).toThrow();
  });

  test('one value, one text: whatever the order of members', () => {
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

  test('undefined members are absent, and 10,000 levels are no problem', () => {
    expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(canonicalJson(JSON.parse(deep) as Json)).toBe(deep);
  });
});
