import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stripNulls, type Json } from '../../src/index.ts';
import { anyJson, deepObject, parsableJsonObject } from '../wire/json-arbitrary.ts';

test.each<[string, Json, Json]>([
  ['a null member is removed', { a: null, b: 1 }, { b: 1 }],
  ['0, "" and false are kept', { a: 0, b: '', c: false, d: null }, { a: 0, b: '', c: false }],
  ['null members of nested objects are removed', { a: { b: null, c: { d: null } } }, { a: { c: {} } }],
  ['an object that becomes empty is kept', { a: { b: null } }, { a: {} }],
  [
    'nulls in arrays are kept, so that items keep their positions',
    { a: [null, 1, null] },
    { a: [null, 1, null] },
  ],
  ['objects in arrays are stripped', [{ a: null, b: 1 }, [{ c: null }]], [{ b: 1 }, [{}]]],
  ['a null at the root is kept, because the root is not a member', null, null],
  ['a scalar at the root is kept', 'text', 'text'],
])('H3 when nulls are stripped, %s', (_, view, expected) => {
  expect(stripNulls(view)).toEqual(expected);
});

test('H3 stripping nulls keeps the order of members', () => {
  expect(JSON.stringify(stripNulls({ z: 1, n: null, a: { y: [], x: {} }, m: 2 }))).toBe(
    '{"z":1,"a":{"y":[],"x":{}},"m":2}',
  );
});

/** The same rule, implemented with JSON.parse of the standard library. */
function byReviver(view: Json): Json {
  return JSON.parse(JSON.stringify(view), function (this: unknown, _name, value: unknown) {
    return value === null && !Array.isArray(this) ? undefined : value;
  }) as Json;
}

test('H3 stripping nulls gives the same result as a JSON.parse reviver that drops null members', () => {
  fc.assert(
    fc.property(parsableJsonObject, (view) => expect(stripNulls({ view })).toEqual(byReviver({ view }))),
  );
});

test('H3 stripping nulls leaves no null member, is idempotent, and does not change its argument', () => {
  fc.assert(
    fc.property(anyJson, (view) => {
      const before = JSON.stringify(view);
      const stripped = stripNulls(view);
      expect(JSON.stringify(view)).toBe(before);
      expect(JSON.stringify(stripped)).not.toMatch(/[^\\]":null/);
      expect(stripNulls(stripped)).toEqual(stripped);
    }),
    { numRuns: 500 },
  );
});

test('H8 when nulls are stripped, a member named __proto__ is kept and changes no prototype', () => {
  const view = JSON.parse('{"__proto__":{"admin":true,"x":null}}') as Json;
  expect(JSON.stringify(stripNulls(view))).toBe('{"__proto__":{"admin":true}}');
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test('H8 stripping nulls from a view nested 100,000 levels deep does not exhaust the stack', () => {
  let level = stripNulls(deepObject(100_000)) as { leaf?: number; next?: never };
  let depth = 0;
  for (; level.next; level = level.next) depth++;
  expect(depth).toBe(100_000);
});
