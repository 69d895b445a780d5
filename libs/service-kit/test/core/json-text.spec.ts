import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonText, jsonTextByMembers } from '../../src/index.ts';

const long = Array.from({ length: 600 }, (_, index) => ({ id: index, text: '\u{1f600}"\\' }));

test('jsonTextByMembers returns the same text as JSON.stringify for any object', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.constant(undefined)), { noNullPrototype: true }),
      fc.string(),
      fc.boolean(),
      (members, name, isKnown) => {
        const value = { ...members, [name]: long.slice() };
        if (isKnown) jsonText(value[name] as object);
        expect(jsonTextByMembers(value)).toBe(JSON.stringify(value));
      },
    ),
  );
});

test('jsonText and jsonTextByMembers serialize a long value only once', () => {
  let made = 0;
  const value = {
    long,
    toJSON() {
      made++;
      return { long };
    },
  };
  expect(jsonText(value)).toBe(jsonText(value));
  expect(jsonTextByMembers({ value })).toBe(`{"value":${jsonText(value)}}`);
  expect(made).toBe(1);
});
