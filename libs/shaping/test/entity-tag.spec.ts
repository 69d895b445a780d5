import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseEntityTags } from '../src/index.ts';
import { createTokenMaker, opaqueTag } from '../src/entity-tag.ts';
import { quickest } from './wire/http-world.ts';

const key = 'a test key of more than 32 bytes!';
const makeToken = createTokenMaker(key);

const scope = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom('', '1', '1:a', '0:', ':', ';', '2;1:a1:b', '\ud800', '\ufffd', 'acme', 'globex'),
  ),
  { maxLength: 5 },
);
const json = fc.constantFrom('{}', '{"a":1}', '{"a":"ä"}', '{"a":"\\ud800"}', '{"1":"1:a"}');

describe('H5 token', () => {
  test('is the same exactly when scope and bytes are the same', () => {
    fc.assert(
      fc.property(scope, json, scope, json, (scopeA, jsonA, scopeB, jsonB) => {
        const same = JSON.stringify(scopeA) === JSON.stringify(scopeB) && jsonA === jsonB;
        expect(makeToken(scopeA, jsonA) === makeToken(scopeB, jsonB)).toBe(same);
        expect(makeToken([...scopeA], jsonA)).toBe(makeToken(scopeA, jsonA));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [
      ['ab', 'c'],
      ['a', 'bc'],
    ],
    [['a', ''], ['a']],
    [
      ['', 'a'],
      ['a', ''],
    ],
    [['a1:b'], ['a', 'b']],
    [
      ['a:', 'b'],
      ['a', ':b'],
    ],
    [['1:a'], ['a']],
    [[], ['']],
    [['\ud800'], ['\ufffd']],
    [
      ['acme', 'alice'],
      ['alice', 'acme'],
    ],
  ])('of %j and %j is not shared', (one, other) => {
    expect(makeToken(one, '{}')).not.toBe(makeToken(other, '{}'));
  });

  test('cannot take a part of the view for a part of the scope', () => {
    const partAsText = Buffer.from('1:a', 'utf16le').toString();
    expect(makeToken(['a'], '{}')).not.toBe(makeToken([], `${partAsText}{}`));
  });

  test('has 144 bits, and every one of them depends on the key', () => {
    const tokens = ['another key of more than 32 bytes', Buffer.alloc(32, 1)].map((other) =>
      createTokenMaker(other)([], '{}'),
    );
    for (const token of [makeToken([], '{}'), ...tokens]) expect(token).toMatch(/^[\w-]{24}$/);
    expect(new Set([makeToken([], '{}'), ...tokens]).size).toBe(3);
    expect(createTokenMaker(Buffer.from(key))([], '{}')).toBe(makeToken([], '{}'));
  });

  test.each([['short'], ['x'.repeat(31)], [Buffer.alloc(31)]])('refuses the key %p', (short) => {
    expect(() => createTokenMaker(short)).toThrow(TypeError);
  });

  test('two codings of one token have two tags', () => {
    const tags = (['identity', 'br', 'zstd', 'gzip'] as const).map((coding) => opaqueTag('t', coding));
    expect(tags).toEqual(['t', 't-br', 't-zstd', 't-gzip']);
  });
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
  ])('%j is read', (field, tags) => {
    expect(parseEntityTags(field)).toEqual(tags);
  });

  test.each([
    [''], ['a'], ['"a'], ['a"'], ['w/"a"'], ['W/a'], ['W/ "a"'], ['"a" "b"'], ['"a"b'], ['"a";x'], ['*, "a"'], ['"a", *'],
    ['"a b"'], ['"a", b'], ['"a\u007f"'], ['\'a\''],
  ])('%j matches nothing', (field) => {
    expect(parseEntityTags(field)).toEqual([]);
  }); // prettier-ignore

  test('H8 hostile fields cost little', () => {
    for (const field of ['"', ',', ' ', 'W/', '"a",', '"a" ', 'W/"', '""']) {
      const long = field.repeat(16_384 / field.length);
      expect(quickest(() => parseEntityTags(long))).toBeLessThan(5);
    }
  });
});
