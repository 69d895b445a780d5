import { expect, test } from '@jest/globals';
import { apiParameters } from '@bff/shaping';
import fc from 'fast-check';
import { parseIdempotencyKey } from '../../src/serve/idempotency-key.ts';
import { unorderedJson } from '../../src/serve/fingerprint.ts';

test.each([
  ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
  ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
  ['"thing 7, part 2"', 'thing 7, part 2'],
  ['  x\t', 'x'],
  ['a'.repeat(255), 'a'.repeat(255)],
  [`"${'a'.repeat(255)}"`, 'a'.repeat(255)],
  ['"a\\"b"', 'a"b'],
  ['"a\\\\b"', 'a\\b'],
  ['"a";p=1', 'a'],
  ['"a"; p="x";q', 'a'],
  ['a;p=1', 'a'],
])('F58 the field Idempotency-Key: %s is parsed as the key %s', (field, key) => {
  expect(parseIdempotencyKey(field)).toBe(key);
});

test.each([
  [undefined, 'Idempotency-Key is required.'],
  ['""', 'Idempotency-Key has 0 characters; 1 to 255 are allowed.'],
  ['a'.repeat(256), 'Idempotency-Key has 256 characters; 1 to 255 are allowed.'],
  [`"${'a'.repeat(256)}"`, 'Idempotency-Key has 256 characters; 1 to 255 are allowed.'],
])('F58 Idempotency-Key %s is rejected: %s', (field, detail) => {
  expect(() => parseIdempotencyKey(field)).toThrow(expect.objectContaining({ type: 'bad-request', detail }));
});

test.each([
  '',
  '"',
  '"a',
  'a"b',
  'a b',
  'ä',
  '"ä"',
  '"a\\b"',
  '?1',
  '?0',
  '@1659578233',
  ':YW Jj:',
  '("a")',
  'a,b',
  '"a", "b"',
  '"a"b',
  ['a', 'b'],
])('F58 Idempotency-Key %j is rejected, because it is not a string of RFC 9651', (field) => {
  expect(() => parseIdempotencyKey(field)).toThrow(
    expect.objectContaining({
      type: 'bad-request',
      detail: expect.stringContaining('not one string of RFC 9651'),
    }),
  );
});

test.each([
  [{ a: 1, b: { c: [1, { d: 2, e: 3 }], f: null } }, { b: { f: null, c: [1, { e: 3, d: 2 }] }, a: 1 }, true],
  [{ 10: 'x', 9: 'y', a: 1 }, { a: 1, 9: 'y', 10: 'x' }, true],
  [{ a: [1, 2] }, { a: [2, 1] }, false],
  [{ a: 1 }, { a: '1' }, false],
  [{ a: { b: 1 } }, { a: {}, b: 1 }, false],
  [JSON.parse('{"__proto__":1}'), {}, false],
])(
  'F44 under one idempotency key, the bodies %j and %j count as the same request: %s',
  (one, other, isSame) => {
    expect(unorderedJson(one) === unorderedJson(other)).toBe(isSame);
  },
);

test('F59 the described pattern of Idempotency-Key accepts what the parser accepts, except parameters, tokens and surrounding blanks', () => {
  const pattern = new RegExp(apiParameters.idempotencyKeySchema.pattern);
  const pieces = fc.constantFrom(
    '"',
    '\\',
    'a',
    'Z9',
    '-',
    '/',
    '=',
    ' ',
    '~',
    '\x7f',
    'ä',
    ',',
    '?',
    '[',
    'x'.repeat(100),
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
    fc.array(pieces, { maxLength: 8 }).map((all) => `"${all.join('')}"`),
  );
  let valid = 0;
  fc.assert(
    fc.property(texts, (text) => {
      let isAccepted = true;
      try {
        parseIdempotencyKey(text);
      } catch {
        isAccepted = false;
      }
      valid += Number(isAccepted);
      if (text === text.trim() && /^["A-Z]/i.test(text))
        expect([text, pattern.test(text)]).toEqual([text, isAccepted]);
      else if (pattern.test(text)) expect([text, isAccepted]).toEqual([text, true]);
    }),
    { numRuns: 3_000 },
  );
  expect(valid).toBeGreaterThan(100);
});
