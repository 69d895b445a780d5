import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createContentMac } from '../../src/index.ts';

const key = Buffer.from('a test key of more than 32 bytes!');
const macOf = createContentMac(key);

const scope = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom('', '1', '1:a', '0:', ':', ';', '2;1:a1:b', '\ud800', '\ufffd', 't1', 't2'),
  ),
  { maxLength: 5 },
);
const json = fc.constantFrom('{}', '{"a":1}', '{"a":"ä"}', '{"a":"\\ud800"}', '{"1":"1:a"}');

describe('H5 keyed hash of a text within a scope', () => {
  test('two keyed hashes are equal exactly when their scopes and their texts are equal', () => {
    fc.assert(
      fc.property(scope, json, scope, json, (scopeA, jsonA, scopeB, jsonB) => {
        const same = JSON.stringify(scopeA) === JSON.stringify(scopeB) && jsonA === jsonB;
        expect(macOf(scopeA, jsonA) === macOf(scopeB, jsonB)).toBe(same);
        expect(macOf([...scopeA], jsonA)).toBe(macOf(scopeA, jsonA));
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
      ['t1', 'u1'],
      ['u1', 't1'],
    ],
  ])('the keyed hash of a text differs between the scopes %j and %j', (one, other) => {
    expect(macOf(one, '{}')).not.toBe(macOf(other, '{}'));
  });

  test('the keyed hash differs when a part of the scope is moved into the text', () => {
    const partAsText = Buffer.from('1:a', 'utf16le').toString();
    expect(macOf(['a'], '{}')).not.toBe(macOf([], `${partAsText}{}`));
  });

  test('the keyed hash has 144 bits and differs for each key', () => {
    const tokens = [Buffer.alloc(32, 2), Buffer.alloc(32, 1)].map((other) =>
      createContentMac(other)([], '{}'),
    );
    for (const token of [macOf([], '{}'), ...tokens]) expect(token).toMatch(/^[\w-]{24}$/);
    expect(new Set([macOf([], '{}'), ...tokens]).size).toBe(3);
    expect(createContentMac(Buffer.from(key))([], '{}')).toBe(macOf([], '{}'));
  });

  test('the keyed hash of a text equals that of its UTF-8', () => {
    fc.assert(
      fc.property(scope, json, (of, text) => {
        expect(macOf(of, Buffer.from(text))).toBe(macOf(of, text));
      }),
    );
  });

  test.each([0, 5, 31])('createContentMac throws for a key of %d bytes', (length) => {
    expect(() => createContentMac(Buffer.alloc(length))).toThrow(TypeError);
  });
});
