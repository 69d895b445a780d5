import { describe, expect, test } from '@jest/globals';
import { defineShape, parseFields, validateResponse, type AnswerSchema } from '../../src/index.ts';

interface Thing {
  readonly id: string;
  readonly note: string | null;
}
interface View {
  readonly name: string;
  readonly things?: readonly Thing[];
}
const of = ({ name, things }: View) => ({ name, things: things?.map(({ id, note }) => ({ id, note })) });
const web = defineShape({ name: 'web/test/1', nulls: 'keep', of });

/** A schema that accepts values for which `fits` returns true. */
const schemaOf = (fits: (value: unknown) => boolean = () => true): AnswerSchema => ({
  parse(value) {
    if (!fits(value)) throw new Error('it does not fit');
    return value;
  },
});

describe('an answer is validated by its schema', () => {
  const view: View = { name: 'First', things: [{ id: 'o1', note: null }] };

  test('the schema validates an answer before the answer is flattened', () => {
    const seen: unknown[] = [];
    const schema = schemaOf((value) => seen.push(value) > 0);
    const shape = validateResponse(web, schema);
    expect(shape(view, { flat: true, fields: parseFields('name') })).toEqual(
      web(view, { flat: true, fields: parseFields('name') }),
    );
    expect(seen).toEqual([{ name: 'First' }]);
  });

  test('an answer that does not fit its schema throws and is not sent', () => {
    const schema = schemaOf(() => false);
    expect(() => validateResponse(web, schema)(view)).toThrow(/does not fit its schema: it does not fit/);
  });
});
