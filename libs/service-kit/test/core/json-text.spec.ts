import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonText, jsonByMembers } from '../../src/index.ts';

/** Long enough to be returned in UTF-8. */
const long = Array.from({ length: 600 }, (_, index) => ({ id: index, text: '\u{1f600}"\\' }));
/** Long enough to be cached, and too short for UTF-8. */
const medium = long.slice(0, 200);

test('jsonByMembers returns the same text as JSON.stringify for any object', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.constant(undefined)), { noNullPrototype: true }),
      fc.string(),
      fc.constantFrom(medium, long),
      fc.boolean(),
      (members, name, items, isKnown) => {
        const value = { ...members, [name]: items.slice() };
        if (isKnown) jsonText(value[name] as object);
        expect(String(jsonByMembers(value))).toBe(JSON.stringify(value));
      },
    ),
  );
});

test('jsonText and jsonByMembers serialize a long value only once', () => {
  let made = 0;
  const value = {
    long,
    toJSON() {
      made++;
      return { long };
    },
  };
  expect(jsonText(value)).toBe(jsonText(value));
  expect(String(jsonByMembers({ value }))).toBe(`{"value":${jsonText(value)}}`);
  expect(made).toBe(1);
});

test.each([
  ['a text', 16 * 1024 - 1, false],
  ['bytes', 16 * 1024, true],
])('jsonByMembers returns %s for a JSON text of %i characters', (_form, length, isBytes) => {
  const value = { text: 'ä'.repeat(length - '{"text":""}'.length) };
  expect(Buffer.isBuffer(jsonByMembers(value))).toBe(isBytes);
});
