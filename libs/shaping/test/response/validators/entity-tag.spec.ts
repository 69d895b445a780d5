import { describe, expect, test } from '@jest/globals';
import { parseEntityTags, withoutCoding } from '../../../src/index.ts';
import { opaqueTag } from '../../../src/response/validators/entity-tag.ts';
import { contentCodings } from '../../../src/response/coding/negotiate-coding.ts';
import { quickest } from '../../wire/http-world.ts';

test('H5 the entity tags of one token differ between content codings', () => {
  const tags = (['identity', 'br', 'zstd', 'gzip'] as const).map((coding) => opaqueTag('t', coding));
  expect(tags).toEqual(['t', 't-br', 't-zstd', 't-gzip']);
});

const strong = (opaque: string) => ({ weak: false, opaque });
const weak = (opaque: string) => ({ weak: true, opaque });

describe('lists of entity tags (RFC 9110, section 13.1.2)', () => {
  test.each<[string, ReturnType<typeof parseEntityTags>]>([
    ['*', '*'],
    [' * ', '*'],
    ['"a"', [strong('a')]],
    ['W/"a"', [weak('a')]],
    ['"a", W/"b","c"', [strong('a'), weak('b'), strong('c')]],
    ['"a" ,\t"b"', [strong('a'), strong('b')]],
    [', ,"a",, "b" ,', [strong('a'), strong('b')]],
    ['""', [strong('')]],
    ['"a,b"', [strong('a,b')]],
    ['"a\\"', [strong('a\\')]],
    ['"\u00e4"', [strong('\u00e4')]],
  ])('the list of entity tags %j is parsed', (field, tags) => {
    expect(parseEntityTags(field)).toEqual(tags);
  });

  test.each([
    [''],
    ['a'],
    ['"a'],
    ['a"'],
    ['w/"a"'],
    ['W/a'],
    ['W/ "a"'],
    ['"a" "b"'],
    ['"a"b'],
    ['"a";x'],
    ['*, "a"'],
    ['"a", *'],
    ['"a b"'],
    ['"a", b'],
    ['"a\u007f"'],
    ["'a'"],
  ])('the malformed list of entity tags %j is parsed as an empty list', (field) => {
    expect(parseEntityTags(field)).toEqual([]);
  });

  test('H8 hostile lists of entity tags are parsed in less than 5 ms', () => {
    for (const field of ['"', ',', ' ', 'W/', '"a",', '"a" ', 'W/"', '""']) {
      const long = field.repeat(16_384 / field.length);
      expect(quickest(() => parseEntityTags(long))).toBeLessThan(5);
    }
  });
});

test.each(contentCodings)('withoutCoding returns the token from the tag of the coding %s', (coding) => {
  expect(withoutCoding(opaqueTag('token', coding))).toBe('token');
});
