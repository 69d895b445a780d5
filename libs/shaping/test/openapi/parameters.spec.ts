import { Problem } from '@bff/service-kit';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apiParameters, createPageCursors, parseFields } from '../../src/index.ts';

const { fieldsSchema, cursorSchema } = apiParameters;
/** JSON Schema counts code points; these texts have none above U+FFFF. */
const fits = (schema: { readonly pattern: string; readonly maxLength: number }, text: string): boolean =>
  text.length <= schema.maxLength && new RegExp(schema.pattern).test(text);

const forbidden = /(^|[.,])(__proto__|constructor|prototype)($|[.,[])/;
const accepted = (text: string): boolean => {
  try {
    parseFields(text);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
};

const pieces = fc.constantFrom(
  ...['a', 'B7', '_', '-', '$', '@', ':', '.', ',', '[', ']', '[*]', '[0]', '[12]', '[012]', '[1234567890]'],
  ...['\u00a0', '\u00a1', '\uffff', ' ', '/', '{', '^', '`', '\x00', '#', '?', 'a'.repeat(500)],
);

test('F59 the described pattern of `fields` accepts exactly what the parser accepts, except forbidden names', () => {
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 15 }).map((all) => all.join('')),
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 55 }))
      .map(([steps, paths]) =>
        Array.from({ length: paths }, () => Array.from({ length: steps }, () => 'a').join('.')).join(','),
      ),
    fc.string({
      unit: fc
        .nat({ max: 0xffff })
        .map((code) => String.fromCharCode(code))
        .filter((unit) => unit.isWellFormed()),
      maxLength: 3,
    }),
  );
  let valid = 0;
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(!forbidden.test(text));
      const isAccepted = accepted(text);
      valid += Number(isAccepted);
      expect([text, fits(fieldsSchema, text)]).toEqual([text, isAccepted]);
    }),
    { numRuns: 5_000 },
  );
  expect(valid).toBeGreaterThan(500);
});

test('F59 matching the described pattern of `fields` takes linear time, whatever the end of the text', () => {
  const text = `${'a'.repeat(2_000)}.${'b'.repeat(2_000)}`;
  expect(fits(fieldsSchema, text)).toBe(true);
  expect(fits(fieldsSchema, `${text}!`)).toBe(false);
});

test('F59 every created cursor matches its described schema', () => {
  const cursors = createPageCursors('k'.repeat(32));
  fc.assert(
    fc.property(fc.string({ maxLength: 500 }), (cursor) => {
      expect(fits(cursorSchema, cursors.seal(cursor, ['a']))).toBe(true);
    }),
  );
});
