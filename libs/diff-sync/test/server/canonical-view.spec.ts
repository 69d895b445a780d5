import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, type JsonObject } from '../../src/index.ts';
import { canonicalView } from '../../src/server/canonical-view.ts';

const name = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'id',
    'toJSON',
    '__proto__',
    'constructor',
    '0',
    '10',
    '9',
    '-1',
    '',
    '\u{1f600}',
    '\uffff',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const scalar = fc.oneof(
  fc.constantFrom(-0, 1e21, 5e-324, 0.1, NaN, Infinity, undefined, '\\ud800', '\ud800', '\udfff\u2028'),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const { view } = fc.letrec<{ value: unknown; view: JsonObject }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, fc.array(tie('value')), tie('view')),
  view: fc.dictionary(name, tie('value'), { maxKeys: 6 }) as fc.Arbitrary<JsonObject>,
}));

/** Returns the text, or the message of the error. */
function outcome(serialize: (value: JsonObject) => string, value: JsonObject): string {
  try {
    return serialize(value);
  } catch (error) {
    return `throws ${(error as Error).message}`;
  }
}

test('canonicalView returns the same text as canonicalJson, or throws the same error, for any names and values', () => {
  const check = (value: JsonObject) =>
    expect(outcome(canonicalView, value)).toBe(outcome((each) => canonicalJson(each), value));
  fc.assert(fc.property(view, check), { numRuns: 20_000 });
});

test.each<[string, JsonObject]>([
  [
    'names in another sequence than in the object before',
    {
      list: [
        { b: 1, a: 2 },
        { b: 1, a: 2 },
        { b: 1, c: 2 },
        { a: 1, b: 2 },
      ],
    },
  ],
  [
    'names of which the first ones are the same',
    { list: [{ b: 1, a: 2 }, { b: 1, a: 2, aa: 3 }, { b: 1 }, {}] },
  ],
  ['names that are array indices', { b: { 10: 1, 9: 2 }, a: { x: 1, 1: 2 } }],
  ['`__proto__` as own member', JSON.parse('{"b":{"__proto__":{"z":1,"a":2}},"a":1}') as JsonObject],
  [
    'more members than the cache accepts',
    Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`n${999 - at}`, at])),
  ],
])('canonicalView returns the same text as canonicalJson for a view with %s', (_, value) => {
  expect(canonicalView(value)).toBe(canonicalJson(value));
});

test('canonicalView returns the same text as canonicalJson for a view nested 100,000 levels deep', () => {
  let value: JsonObject = {};
  for (let level = 0; level < 100_000; level++) value = { z: value, a: 1 };
  expect(canonicalView(value) === canonicalJson(value)).toBe(true);
});

test('canonicalView does not change its argument', () => {
  const value = { b: [{ d: 1, c: { z: 1, y: 2 } }], a: 1 };
  const before = JSON.stringify(value);
  canonicalView(value);
  expect(JSON.stringify(value)).toBe(before);
});
