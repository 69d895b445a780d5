import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '@bff/shaping';
import fc from 'fast-check';
import { z } from 'zod';
import { partialSchema } from '../../src/answer/partial-schema.ts';
import { compilePolicy, type FieldLists } from '@bff/tenancy';
import { compileProjection, compileVisibleProjection } from '../../src/answer/projection.ts';

const project = (schema: z.ZodType, value: Json): Json => compileProjection(schema)?.(value) ?? value;

describe('the projection of a schema', () => {
  test('the projection of a schema drops members that the schema does not name, at every depth', () => {
    const schema = z.object({ a: z.object({ b: z.array(z.object({ c: z.string() })) }) });
    const value = { a: { b: [{ c: 'kept', x: 1 }, { x: 2 }], x: 3 }, x: 4 };
    expect(project(schema, value)).toEqual({ a: { b: [{ c: 'kept' }, {}] } });
  });

  test('the projection of a schema has the order of the schema, whatever the order of the value', () => {
    const schema = z.object({ first: z.int(), second: z.int(), third: z.int() });
    expect(Object.keys(project(schema, { third: 3, first: 1, second: 2 }) as object)).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  test('the projection of a schema keeps the length and order of arrays, and items that are not objects', () => {
    const schema = z.array(z.object({ id: z.int() }));
    expect(project(schema, [{ id: 1 }, null, { id: 2, x: 1 }, {}, 'text'])).toEqual([
      { id: 1 },
      null,
      { id: 2 },
      {},
      'text',
    ]);
  });

  test.each<[string, z.ZodType]>([
    ['nullable', z.object({ id: z.int() }).nullable()],
    ['optional', z.object({ id: z.int() }).optional()],
    ['readonly', z.object({ id: z.int() }).readonly()],
    ['default', z.object({ id: z.int() }).default({ id: 0 })],
    ['nonoptional', z.nonoptional(z.object({ id: z.int() }).optional())],
    ['lazy', z.lazy(() => z.object({ id: z.int() }))],
    ['strict', z.strictObject({ id: z.int() })],
    ['branded', z.object({ id: z.int() }).brand('b')],
    [
      'lazy, readonly, nullable and optional',
      z
        .lazy(() => z.object({ id: z.int() }).readonly())
        .nullable()
        .optional(),
    ],
  ])('the members inside a schema that is %s are projected', (_, schema) => {
    expect(project(schema, { id: 1, x: 1 })).toEqual({ id: 1 });
    expect(project(schema, null)).toBeNull();
  });

  test('the projection of an open object keeps every member, and projects the members that the schema names', () => {
    const schema = z.looseObject({ a: z.object({ id: z.int() }) });
    expect(project(schema, { a: { id: 1, x: 1 }, other: { x: 1 } })).toEqual({
      a: { id: 1 },
      other: { x: 1 },
    });
    expect(project(z.object({}).catchall(z.int()), { other: 1 })).toEqual({ other: 1 });
  });

  test('the projection of a record projects its values, and keeps a record of unknown values unchanged', () => {
    const value = { one: { id: 1, x: 1 }, two: { id: 2 } };
    expect(project(z.record(z.string(), z.object({ id: z.int() })), value)).toEqual({
      one: { id: 1 },
      two: { id: 2 },
    });
    expect(project(z.record(z.string(), z.unknown()), value)).toBe(value);
  });

  test('the projection of a tuple projects its items by position', () => {
    const schema = z.tuple([z.object({ a: z.int() }), z.string()], z.object({ b: z.int() }));
    expect(project(schema, [{ a: 1, x: 1 }, 'text', { b: 2, x: 1 }])).toEqual([{ a: 1 }, 'text', { b: 2 }]);
  });

  test('the projection of a union keeps the members that any alternative names, and drops the others', () => {
    const schema = z.union([
      z.object({ kind: z.literal('a'), same: z.object({ one: z.int() }) }),
      z.object({ kind: z.literal('b'), same: z.object({ two: z.int() }), more: z.int() }),
      z.null(),
      z.string(),
    ]);
    const value = { kind: 'b', same: { one: 1, two: 2, x: 3 }, more: 4, x: 5 };
    expect(project(schema, value)).toEqual({ kind: 'b', same: { one: 1, two: 2 }, more: 4 });
    expect(project(schema, null)).toBeNull();
    expect(project(schema, 'text')).toBe('text');
  });

  test('the members inside a discriminated union and inside nested unions are projected', () => {
    const a = z.object({ kind: z.literal('a'), of: z.int() });
    const b = z.object({ kind: z.literal('b'), at: z.array(z.object({ id: z.int() })) });
    const schema = z.union([z.discriminatedUnion('kind', [a, b]).nullable(), z.array(a)]);
    expect(project(schema, { kind: 'b', at: [{ id: 1, x: 1 }], x: 1 })).toEqual({
      kind: 'b',
      at: [{ id: 1 }],
    });
    expect(project(schema, [{ kind: 'a', of: 1, x: 1 }])).toEqual([{ kind: 'a', of: 1 }]);
  });

  test('the projection supports a schema that refers to itself by a getter, by z.lazy, or through a union', () => {
    const byGetter = z.object({
      id: z.int(),
      get below() {
        return z.array(byGetter);
      },
    });
    const byLazy: z.ZodType = z.lazy(() => z.object({ id: z.int(), below: z.array(byLazy) }));
    const leaf = z.object({ leaf: z.int() });
    const byUnion = z.object({
      id: z.int(),
      get below() {
        return z.array(z.union([byUnion, leaf]));
      },
    });
    const value = { id: 1, x: 1, below: [{ id: 2, x: 1, below: [{ id: 3, x: 1, below: [] }] }] };
    const expected = { id: 1, below: [{ id: 2, below: [{ id: 3, below: [] }] }] };
    for (const schema of [byGetter, byLazy, byUnion]) {
      expect(project(schema, value)).toEqual(expected);
      expect(partialSchema(schema).safeParse(expected).success).toBe(true);
      expect(partialSchema(schema).safeParse(value).success).toBe(false);
    }
    expect(project(z.json(), value)).toEqual(value);
  });

  test('a projection never changes the prototype of its result, and never reads inherited members', () => {
    expect(() => compileProjection(z.object(JSON.parse('{"__proto__":1}') as never))).toThrow(
      new TypeError('"__proto__" is not the name of a member'),
    );
    const hostile = JSON.parse('{"id":1,"__proto__":{"admin":true}}') as JsonObject;
    const projected = project(z.object({ id: z.int() }), hostile) as object;
    expect(Object.keys(projected)).toEqual(['id']);
    expect(Object.getPrototypeOf(projected)).toBe(Object.prototype);
    const open = project(z.looseObject({}), hostile) as object;
    expect(Object.getPrototypeOf(open)).toBe(Object.prototype);
    const record = project(z.record(z.string(), z.object({})), hostile) as object;
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect(project(z.object({ constructor: z.string(), toString: z.string() }), { id: 1 })).toEqual({});
    expect(project(z.object({ constructor: z.string() }), { constructor: 'own' })).toEqual({
      constructor: 'own',
    });
  });

  test.each<[string, z.ZodType]>([
    ['pipe', z.string().transform((text) => text.length)],
    ['intersection', z.object({ a: z.int() }).and(z.object({ b: z.int() }))],
    ['map', z.map(z.string(), z.string())],
    ['set', z.set(z.string())],
    ['date', z.date()],
    ['bigint', z.bigint()],
  ])(
    'compileProjection rejects a schema of type %s, which can neither be projected nor applied',
    (type, schema) => {
      expect(() => compileProjection(z.object({ a: schema }))).toThrow(`a schema of type "${type}"`);
    },
  );

  test('compileProjection rejects a union with two alternatives that cannot be distinguished', () => {
    expect(() =>
      compileProjection(z.union([z.object({ a: z.int() }), z.record(z.string(), z.int())])),
    ).toThrow('a record beside objects');
  });
});

/** A schema, and its projection by definition, written without regard to speed. */
interface Model {
  readonly schema: z.ZodType;
  readonly oracle: (value: Json) => Json;
}
const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const names = ['a', 'b', 'id', 'constructor', 'toString', ''];
const { model } = fc.letrec<{ model: Model }>((tie) => ({
  model: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Model>(
      { schema: z.string(), oracle: (value) => value },
      { schema: z.unknown(), oracle: (value) => value },
    ),
    tie('model').map(({ schema, oracle }): Model => ({ schema: schema.nullable(), oracle })),
    tie('model').map(({ schema, oracle }): Model => ({ schema: schema.readonly().optional(), oracle })),
    tie('model').map(({ schema, oracle }): Model => ({
      schema: z.array(schema),
      oracle: (value) => (Array.isArray(value) ? (value as Json[]).map(oracle) : value),
    })),
    tie('model').map(({ schema, oracle }): Model => ({
      schema: z.record(z.string(), schema),
      oracle: (value) =>
        isObject(value)
          ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, oracle(each as Json)]))
          : value,
    })),
    fc.dictionary(fc.constantFrom(...names), tie('model'), { maxKeys: 4 }).map((members): Model => ({
      schema: z.object(
        Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema])),
      ),
      oracle: (value) =>
        isObject(value)
          ? Object.fromEntries(
              Object.entries(members)
                .filter(([name]) => Object.hasOwn(value, name))
                .map(([name, { oracle }]) => [name, oracle(value[name] as Json)]),
            )
          : value,
    })),
  ),
}));
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, 0, 'text', true),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, 'x', 'y'), tie('json'), { maxKeys: 5 }) as fc.Arbitrary<Json>,
  ),
}));

test('for any schema and value, the projection equals a plain recursive definition, and the value stays unchanged', () => {
  fc.assert(
    fc.property(model, json, ({ schema, oracle }, value) => {
      const before = JSON.stringify(value);
      const projected = project(schema, value);
      expect(projected).toEqual(oracle(value));
      expect(JSON.stringify(projected)).toBe(JSON.stringify(oracle(value)));
      expect(JSON.stringify(value)).toBe(before);
      // Projecting again drops nothing.
      expect(project(schema, projected)).toEqual(projected);
    }),
    { numRuns: 2_000 },
  );
});

const blockedPath = fc
  .array(fc.constantFrom('a', 'b', 'id', 'constructor', 'toString', 'a[*]', 'b[*][*]'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((steps) => steps.join('.'));
const blocking: fc.Arbitrary<FieldLists> = fc.record({
  blocked: fc.array(blockedPath, { minLength: 1, maxLength: 4 }),
});
const someView = fc.dictionary(fc.constantFrom(...names, 'x', '__proto__'), json, { maxKeys: 6 });
const namedObject = model.filter(({ schema }) => schema instanceof z.ZodObject);

test('a policy that is compiled into a projection gives the same bytes as the policy followed by the projection', () => {
  fc.assert(
    fc.property(namedObject, blocking, someView, ({ schema }, lists, value) => {
      const view = JSON.parse(JSON.stringify(value)) as JsonObject;
      const before = JSON.stringify(view);
      const { blocks, apply } = compilePolicy(lists);
      const visible = compileVisibleProjection(schema, blocks as NonNullable<typeof blocks>);
      const seen = visible(view);
      expect(JSON.stringify(seen)).toBe(JSON.stringify(project(schema, apply(view))));
      expect(JSON.stringify(view)).toBe(before);
      expect(JSON.stringify(visible(seen as JsonObject))).toBe(JSON.stringify(seen));
    }),
    { numRuns: 3_000 },
  );
});

test('a value that a compiled policy has already filtered is returned as the same object, whose JSON text is known', () => {
  const schema = z.object({
    id: z.int(),
    note: z.string(),
    list: z.array(z.object({ id: z.int(), note: z.string() })),
  });
  const { blocks } = compilePolicy({ blocked: ['note'] });
  const visible = compileVisibleProjection(schema, blocks as NonNullable<typeof blocks>);
  const seen = visible({ x: 1, id: 1, note: 'n', list: [{ id: 2, note: 'n' }, { id: 3 }] });
  expect(seen).toEqual({ id: 1, list: [{ id: 2 }, { id: 3 }] });
  expect(visible(seen)).toBe(seen);
});

test('a compiled policy is applied where a schema is open, refers to itself, or does not match the value', () => {
  const node = z.object({
    id: z.int(),
    get below() {
      return z.array(node);
    },
  });
  const schema = z.object({
    open: z.looseObject({ id: z.int() }),
    record: z.record(z.string(), z.unknown()),
    either: z.union([z.object({ id: z.int() }), z.array(z.int())]),
    text: z.string(),
    late: z.lazy(() => z.object({ id: z.int() })),
    node,
  });
  const deep = { id: 1, ssn: 1, below: [{ id: 2, ssn: 2, below: [{ id: 3, ssn: 3, below: [] }] }] };
  const view = { open: deep, record: deep, either: deep, text: deep, late: deep, node: deep };
  const { blocks, apply } = compilePolicy({ blocked: ['ssn', 'node.below.id'] });
  const seen = compileVisibleProjection(schema, blocks as NonNullable<typeof blocks>)(view as never);
  expect(seen).toEqual(project(schema, apply(view as never)));
  expect(JSON.stringify(seen)).not.toContain('ssn');
});

describe('the schema by which answers are verified', () => {
  const schema = z.object({
    id: z.int(),
    tags: z.array(z.string()),
    inner: z.object({ a: z.int() }).nullable(),
    by: z.record(z.string(), z.object({ a: z.int() })),
    either: z.union([z.object({ a: z.int() }), z.object({ b: z.int() }), z.null()]),
    late: z.string().default('x'),
  });
  const holds = (value: unknown) => partialSchema(schema).safeParse(value).success;

  test.each<[string, unknown]>([
    [
      'a complete answer',
      { id: 1, tags: ['a'], inner: { a: 1 }, by: { k: { a: 1 } }, either: { b: 1 }, late: 'y' },
    ],
    ['an answer without members', {}],
    ['some members, at every depth', { inner: {}, by: { k: {} }, either: {} }],
    ['null where it is allowed', { inner: null, either: null }],
    ['null in place of items that were not selected', { tags: [null, 'b'] }],
    ['members of two alternatives', { either: { a: 1, b: 1 } }],
  ])('the schema that verifies answers accepts %s', (_, value) => {
    expect(holds(value)).toBe(true);
  });

  test.each<[string, unknown]>([
    ['a member of another type', { id: '1' }],
    ['a member that is not named', { weight: 1 }],
    ['a nested member that is not named', { inner: { a: 1, weight: 1 } }],
    ['a member that is not named in a record', { by: { k: { weight: 1 } } }],
    ['a member that no alternative names', { either: { weight: 1 } }],
    ['null where it is not allowed', { id: null }],
  ])('the schema that verifies answers rejects %s', (_, value) => {
    expect(holds(value)).toBe(false);
  });

  test('the schema that verifies answers accepts additional members only in an open object', () => {
    expect(partialSchema(z.looseObject({ a: z.int() })).safeParse({ b: 1 }).success).toBe(true);
    expect(partialSchema(z.object({ a: z.int() })).safeParse({ b: 1 }).success).toBe(false);
  });
});
