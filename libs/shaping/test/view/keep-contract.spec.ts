import { describe, expect, test } from '@jest/globals';
import { defineShape, keepContract, parseFields, type AnswerSchema } from '../../src/index.ts';

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
const mobile = defineShape({ name: 'mobile/test/1', nulls: 'strip', of });

/** A schema that says this type and takes what `fits`. */
const schemaOf = <T>(fits: (value: unknown) => boolean = () => true): AnswerSchema<T> => ({
  parse(value) {
    if (!fits(value)) throw new Error('it does not fit');
    return value as T;
  },
});

test('a schema that says something else does not compile', () => {
  type Items<Item> = { name?: string; things?: Item[] };
  expect([
    keepContract(web, schemaOf<Items<{ id?: string; note?: string | null }>>(), false),
    keepContract(mobile, schemaOf<Items<{ id?: string; note?: string }>>(), false),
    // @ts-expect-error -- a null that is never answered
    keepContract(mobile, schemaOf<Items<{ id?: string; note?: string | null }>>(), false),
    // @ts-expect-error -- a null that is not described
    keepContract(web, schemaOf<Items<{ id?: string; note?: string }>>(), false),
    // @ts-expect-error -- a member deep down that is not described
    keepContract(web, schemaOf<Items<{ id?: string }>>(), false),
    // @ts-expect-error -- a member that is never answered
    keepContract(web, schemaOf<Items<{ id?: string; note?: string | null; more?: string }>>(), false),
    // @ts-expect-error -- another type
    keepContract(web, schemaOf<Items<{ id?: number; note?: string | null }>>(), false),
    // @ts-expect-error -- one in place of many
    keepContract(web, schemaOf<{ name?: string; things?: Thing }>(), false),
  ]).toHaveLength(8);
});

describe('an answer is held to its schema', () => {
  type Answer = { name: string; things: { id: string; note: string | null }[] };
  const view: View = { name: 'First', things: [{ id: 'o1', note: null }] };

  test('as it is before it is made flat', () => {
    const seen: unknown[] = [];
    const schema = schemaOf<Answer>((value) => seen.push(value) > 0);
    const shape = keepContract(web, schema, true);
    expect(shape(view, { flat: true, fields: parseFields('name') })).toEqual(
      web(view, { flat: true, fields: parseFields('name') }),
    );
    expect(seen).toEqual([{ name: 'First' }]);
  });

  test('and is not sent when it does not fit, unless nobody verifies', () => {
    const schema = schemaOf<Answer>(() => false);
    expect(() => keepContract(web, schema, true)(view)).toThrow(/breaks its contract: it does not fit/);
    expect(keepContract(web, schema, false)).toBe(web);
  });
});
