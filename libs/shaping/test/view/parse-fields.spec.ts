import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import fc from 'fast-check';
import { parseFields } from '../../src/index.ts';
import { quickest } from '../wire/http-world.ts';

const refusal = (text: string): unknown => {
  try {
    return parseFields(text);
  } catch (error) {
    return error;
  }
};

describe('grammar', () => {
  test.each([
    ['name'],
    ['name,email'],
    ['things[*].id'],
    ['things[0]'],
    ['things[123456789].id'],
    ['matrix[0][*][1]'],
    ['settings.news-letter'],
    ['_a.$b.@c:d'],
    ['größe.名前.🙂'],
    ['__proto'],
    ['constructors'],
    ['a.b.c.d.e.f.g.h.i.j'],
    ['a[0][0][0][0][0][0][0][0][0]'],
    [Array.from({ length: 50 }, (_, i) => `field${i}`).join(',')],
  ])('H2 the `fields` parameter %s is accepted', (text) => {
    expect(parseFields(text).canonical.split(',').sort()).toEqual(text.split(',').sort());
  });

  test.each([
    ['', 'nothing'],
    [',', 'only a comma'],
    ['a,', 'a comma at the end'],
    ['a,,b', 'two commas'],
    ['a, b', 'a blank'],
    ['.a', 'a dot in front'],
    ['a.', 'a dot at the end'],
    ['a..b', 'two dots'],
    ['[0].a', 'a bracket in front'],
    ['a.[0]', 'a dot before a bracket'],
    ['a[0]b', 'a name glued to a bracket'],
    ['a[', 'an open bracket'],
    ['a]', 'a closing bracket'],
    ['a[0', 'an unbalanced bracket'],
    ['a[[0]]', 'brackets in brackets'],
    ['a[]', 'empty brackets'],
    ['a[-1]', 'a negative index'],
    ['a[01]', 'a leading zero'],
    ['a[1.5]', 'a fraction'],
    ['a[1e3]', 'an exponent'],
    ['a[1234567890]', 'an index of ten digits'],
    ['a[**]', 'two stars'],
    ['a[b]', 'a name in brackets'],
    ["a['b']", 'a quoted name'],
    ['a.*', 'a star without brackets'],
    ['*', 'a star'],
    ['$..a', 'JSONPath'],
    ['a/b', 'a slash'],
    ['a\\.b', 'a backslash'],
    ['a%2eb', 'a percent sign'],
    ['a b', 'a blank in a name'],
    ['a\nb', 'a newline'],
    ['a\u0000', 'NUL'],
    ['a\u0080', 'a control character'],
    ['__proto__', 'the prototype'],
    ['a.__proto__.b', 'the prototype inside'],
    ['a[*].constructor', 'the constructor'],
    ['constructor.prototype', 'the constructor and more'],
    ['a.prototype', 'the prototype member'],
    ['a.b.c.d.e.f.g.h.i.j.k', 'eleven steps'],
    ['a[0][0][0][0][0][0][0][0][0][0]', 'eleven steps with brackets'],
    [Array.from({ length: 51 }, (_, i) => `f${i}`).join(','), '51 paths'],
    ['a,'.repeat(50) + 'a', '51 equal paths'],
  ])('H2 the `fields` parameter %j is rejected: %s', (text) => {
    const error = refusal(text);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ type: 'invalid-fields', status: 400 });
  });

  test("H2 the problem of an invalid `fields` parameter gives the position and does not repeat the client's text", () => {
    expect(refusal('name,or<script>ders')).toMatchObject({
      detail: 'The parameter "fields" is not valid: path 2 is malformed at character 3.',
    });
  });

  test('H8 a hostile `fields` parameter is rejected in less than 5 ms', () => {
    const hostile = [
      'a'.repeat(10_240),
      'a,'.repeat(10_000),
      Array.from({ length: 10_000 }, (_, i) => `field${i}.x`).join(','),
      'a.'.repeat(2_047),
      'a['.repeat(2_000),
      '['.repeat(4_096),
      `${'a'.repeat(4_095)}!`,
      '__proto__,'.repeat(400),
    ];
    for (const text of hostile) {
      expect(refusal(text)).toBeInstanceOf(Problem);
      expect(quickest(() => refusal(text))).toBeLessThan(5);
    }
  });

  test('H8 any text as `fields` is either a selection or an invalid-fields problem', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', 'b', '.', ',', '[', ']', '*', '0', '1', '-') }),
    );
    fc.assert(
      fc.property(text, (fields) => {
        const outcome = refusal(fields);
        if (outcome instanceof Problem) expect(outcome.type).toBe('invalid-fields');
        else expect(outcome).toHaveProperty('canonical');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('canonical form', () => {
  test.each([
    ['b,a', 'a,b'],
    ['a,a,a', 'a'],
    ['a.b,a', 'a'],
    ['a,a.b.c', 'a'],
    ['a[1],a[*]', 'a[*]'],
    ['a[10],a[9]', 'a[9],a[10]'],
    ['a[0].x,a[*].y', 'a[*].y,a[0].x'],
    ['things[*].total,name,things[*].id', 'name,things[*].id,things[*].total'],
  ])('H5 the canonical form of `fields` %s is %s', (text, canonical) => {
    expect(parseFields(text).canonical).toBe(canonical);
  });

  test('H5 the canonical form of `fields` does not depend on the order of the paths, and is its own canonical form', () => {
    const path = fc
      .tuple(
        fc.constantFrom('a', 'b', 'c'),
        fc.array(fc.constantFrom('.a', '.b', '[*]', '[0]', '[1]'), { maxLength: 4 }),
      )
      .map(([first, rest]) => first + rest.join(''));
    const paths = fc.array(path, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        paths.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const { canonical } = parseFields(list.join(','));
          expect(parseFields(shuffled.join(',')).canonical).toBe(canonical);
          expect(parseFields(canonical).canonical).toBe(canonical);
        },
      ),
    );
  });
});

test('H8 a cached `fields` text is not compiled again, and ten thousand other texts evict the cached one', () => {
  const first = parseFields('name,things[*].id');
  expect(parseFields('name,things[*].id')).toBe(first);
  for (let i = 0; i < 10_000; i++) parseFields(`other${i}`);
  const again = parseFields('name,things[*].id');
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});
