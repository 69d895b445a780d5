import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { compileModel, undecided } from '../../src/transport/compile-model.ts';

const names = ['a', 'b', 'id', 'constructor', 'toString', '', '1'];
const { schema } = fc.letrec<{ schema: z.ZodType }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<z.ZodType>(
      z.string(),
      z.string().min(2),
      z.number(),
      z.int(),
      z.int32(),
      z.int().min(1),
      z.boolean(),
      z.null(),
      z.unknown(),
      z.any(),
      z.enum(['text', 'other']),
      z.literal(0),
      z.record(z.string(), z.custom()),
      z.string().default('none'),
      z.coerce.number(),
      z.union([z.string(), z.int()]),
      z.string().transform((text) => text.length),
    ),
    tie('schema').map((inner) => inner.nullable()),
    tie('schema').map((inner) => inner.optional()),
    tie('schema').map((inner) => inner.readonly()),
    tie('schema').map((inner) => z.array(inner)),
    tie('schema').map((inner) => z.array(inner).max(2)),
    fc.dictionary(fc.constantFrom(...names), tie('schema'), { maxKeys: 4 }).map((shape) => z.object(shape)),
    fc
      .dictionary(fc.constantFrom(...names), tie('schema'), { maxKeys: 2 })
      .map((shape) => z.strictObject(shape)),
    fc
      .dictionary(fc.constantFrom(...names), tie('schema'), { maxKeys: 2 })
      .map((shape) => z.looseObject(shape)),
  ),
}));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(null, 0, 1, 2 ** 40, 1e300, 0.5, 'text', '', true, false),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, 'x', '__proto__'), tie('json'), { maxKeys: 5 }),
  ),
}));
/** A value that a schema accepts, with members that it does not name. */
function fitting(of: z.ZodType, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 6) return json;
  if (of instanceof z.ZodNullable)
    return fc.oneof(fc.constant(null), fitting(of.unwrap() as z.ZodType, depth));
  if (of instanceof z.ZodOptional || of instanceof z.ZodReadonly)
    return fitting(of.unwrap() as z.ZodType, depth);
  if (of instanceof z.ZodArray)
    return fc.array(fitting(of.element as z.ZodType, depth + 1), { maxLength: 3 });
  if (of instanceof z.ZodObject) {
    const members = Object.fromEntries(
      Object.entries(of.shape).map(([name, member]) => [name, fitting(member as z.ZodType, depth + 1)]),
    );
    return fc.oneof(
      fc.record(members),
      fc.record({ x: json, ...members }),
      fc.record(members, { requiredKeys: [] }),
    );
  }
  if (of instanceof z.ZodString) return fc.constantFrom('text', 'other');
  if (of instanceof z.ZodNumber) return fc.constantFrom(1, 2, 0.5);
  return json;
}

function isDeeplyFrozenAlike(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null) return true;
  if (Object.isFrozen(one) !== Object.isFrozen(other)) return false;
  return Object.keys(one).every((name) =>
    isDeeplyFrozenAlike((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
  );
}

test('a compiled schema returns the same value as zod, with the same order of members and the same frozen objects', () => {
  const cases = schema.chain((of) => fc.tuple(fc.constant(of), fc.oneof(fitting(of), json)));
  let decided = 0;
  fc.assert(
    fc.property(cases, ([of, value]) => {
      const text = JSON.stringify(value);
      const made = compileModel(of)(JSON.parse(text));
      if (made === undecided) return;
      decided++;
      const expected = of.safeParse(JSON.parse(text));
      expect(expected.success).toBe(true);
      expect(made).toEqual(expected.data);
      expect(JSON.stringify(made)).toBe(JSON.stringify(expected.data));
      expect(isDeeplyFrozenAlike(expected.data, made)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
  expect(decided).toBeGreaterThan(500);
});

describe('a compiled schema', () => {
  const thing = z.object({ id: z.string(), count: z.int(), parts: z.array(z.object({ n: z.int() })) });

  test('a compiled schema returns the given object itself when the object has exactly the declared members', () => {
    const value = { id: 'a', count: 1, parts: [{ n: 1 }] };
    expect(compileModel(thing)(value)).toBe(value);
  });

  test('a compiled schema copies only objects that have undeclared members', () => {
    const value = { id: 'a', count: 1, parts: [{ n: 1 }, { n: 2, x: 3 }] };
    const made = compileModel(thing)(value) as typeof value;
    expect(made).toEqual({ id: 'a', count: 1, parts: [{ n: 1 }, { n: 2 }] });
    expect(made.parts[0]).toBe(value.parts[0]);
  });

  test.each([
    ['a member of another type', { id: 1, count: 1, parts: [] }],
    ['a member that is missing', { id: 'a', count: 1 }],
    ['an item that does not fit', { id: 'a', count: 1, parts: [{ n: 'x' }] }],
    ['an array in place of an object', []],
  ])('a compiled schema leaves the decision to zod for %s', (_circumstance, value) => {
    expect(compileModel(thing)(value)).toBe(undecided);
  });

  test.each([
    ['any value', z.any()],
    ['an unknown value', z.unknown()],
    ['a default', z.string().default('none')],
    ['an optional default', z.string().default('none').optional()],
    ['an optional default or null', z.string().default('none').nullable().optional()],
  ])(
    'a compiled schema leaves the decision to zod when a member whose schema is %s is missing',
    (_kind, member) => {
      expect(compileModel(z.object({ a: member }))({ x: 1 })).toBe(undecided);
    },
  );

  test('a compiled schema supports a schema that refers to itself', () => {
    const node = z.object({
      id: z.int(),
      get below() {
        return z.array(node);
      },
    });
    const value = { id: 1, below: [{ id: 2, below: [], x: 1 }] };
    expect(compileModel(node)(value)).toEqual({ id: 1, below: [{ id: 2, below: [] }] });
  });
});
