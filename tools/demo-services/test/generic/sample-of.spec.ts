import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { jsonSchemaOf, sampleOf, type JsonSchema } from '../../src/generic/index.ts';

const sampleOfZod = (schema: z.ZodType): unknown => sampleOf(jsonSchemaOf(schema));

const bounds = fc
  .tuple(fc.integer({ min: -1_000, max: 1_000 }), fc.integer({ min: 0, max: 50 }))
  .map(([low, width]) => [low, low + width] as const);
const texts = fc.oneof(
  fc.constantFrom(
    z.string(),
    z.email(),
    z.iso.datetime(),
    z.iso.date(),
    z.iso.time(),
    z.iso.duration(),
    z.uuid(),
    z.url(),
    z.ipv4(),
    z.ipv6(),
    z.cidrv4(),
    z.cidrv6(),
    z.base64(),
    z.base64url(),
    z.jwt(),
    z.e164(),
    z.nanoid(),
    z.cuid(),
    z.cuid2(),
    z.ulid(),
    z.xid(),
    z.ksuid(),
    z.emoji(),
    z.mac(),
    z.guid(),
    z.string().startsWith('a.b'),
    z.string().endsWith('c'),
    z.string().includes('d-e'),
    z.string().regex(/^[A-Z]{3}$/),
    z.string().regex(/^\d{5}$/),
    z.string().nonempty(),
  ),
  fc.tuple(fc.nat(40), fc.nat(40)).map(([least, more]) =>
    z
      .string()
      .min(least)
      .max(least + more),
  ),
);
const numbers = fc.oneof(
  fc.constantFrom(
    z.number(),
    z.int(),
    z.int32(),
    z.uint32(),
    z.float32(),
    z.number().positive(),
    z.number().negative(),
    z.int().nonpositive(),
  ),
  bounds.map(([low, high]) => z.number().min(low).max(high)),
  bounds.map(([low, high]) => z.int().gte(low).lte(high)),
  bounds.map(([low, high]) =>
    z
      .number()
      .gt(low)
      .lt(high + 1),
  ),
  bounds.map(([low, high]) =>
    z
      .int()
      .gt(low)
      .lt(high + 2),
  ),
  bounds.map(([low, high]) =>
    z
      .int()
      .min(low)
      .max(high + 7)
      .multipleOf(7),
  ),
);
const names = fc.uniqueArray(fc.constantFrom('id', 'name', 'next_cursor', 'größe', 'a-b'), { minLength: 1 });

const { schema } = fc.letrec<{ schema: z.ZodType }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    texts,
    numbers,
    fc.constantFrom<z.ZodType>(
      z.boolean(),
      z.null(),
      z.unknown(),
      z.literal('only'),
      z.literal([1, null]),
      z.enum(['b', 'a']),
      z.string().default('d'),
      z.int().meta({ example: 7 }),
      z.string().meta({ examples: ['e'] }),
      z.string().transform((text) => text.length),
    ),
    tie('schema').map((inner) => inner.nullable()),
    tie('schema')
      .map((inner) => inner.optional())
      .map((inner) => z.object({ maybe: inner })),
    fc.tuple(tie('schema'), fc.nat(3), fc.nat(3)).map(([inner, least, more]) =>
      z
        .array(inner)
        .min(least)
        .max(least + more),
    ),
    fc.tuple(tie('schema'), tie('schema')).map((all) => z.tuple(all)),
    fc.tuple(tie('schema'), tie('schema')).map((all) => z.union(all)),
    fc
      .tuple(names, tie('schema'), tie('schema'))
      .map(([keys, one, other]) =>
        z.object(Object.fromEntries(keys.map((key, index) => [key, index % 2 ? other : one]))),
      ),
    fc
      .tuple(names, tie('schema'))
      .map(([keys, inner]) => z.strictObject(Object.fromEntries(keys.map((key) => [key, inner])))),
    tie('schema').map((inner) => z.record(z.string(), inner)),
    tie('schema').map((inner) => z.record(z.enum(['x', 'y']), inner)),
    fc
      .tuple(tie('schema'), tie('schema'))
      .map(([one, other]) => z.intersection(z.object({ one }), z.object({ other }))),
    fc
      .tuple(tie('schema'), tie('schema'))
      .map(([one, other]) =>
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('one'), one }),
          z.object({ kind: z.literal('other'), other }),
        ]),
      ),
  ),
}));

test('a sample satisfies its schema', () => {
  fc.assert(
    fc.property(schema, (each) => {
      const sample = JSON.parse(JSON.stringify(sampleOfZod(each)));
      expect(each.safeParse(sample).error).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

describe('a sample of a schema', () => {
  const tree = z.object({
    name: z.string(),
    get parent() {
      return tree.nullable();
    },
    get children() {
      return z.array(tree);
    },
    get next() {
      return tree.optional();
    },
  });
  test.each<[circumstance: string, schema: z.ZodType, sample: unknown]>([
    [
      'a sample has every member, including optional members',
      z.object({ a: z.string().optional(), b: z.int() }),
      { a: 'text', b: 1 },
    ],
    [
      'a sample is null only when the schema allows nothing else',
      z.object({ a: z.string().nullable(), b: z.null() }),
      { a: 'text', b: null },
    ],
    ['a sample is the example of a nullable schema', z.string().nullable().meta({ example: 'e' }), 'e'],
    [
      'a sample is the example of a complete object',
      z.object({ a: z.int() }).meta({ example: { a: 5 } }),
      { a: 5 },
    ],
    ['a sample is the default of a schema', z.object({ a: z.int().default(5) }), { a: 5 }],
    ['a sample is the first value of an enum', z.enum(['b', 'a']), 'b'],
    ['a sample has the format of its schema', z.iso.datetime(), '2026-01-31T09:30:00.000Z'],
    ['a sample has one item in a list', z.array(z.string()), ['text']],
    ['a sample has as many items as a list must have', z.array(z.int()).length(2), [1, 1]],
    ['a sample ends at a recursive schema', tree, { name: 'text', parent: null, children: [] }],
    [
      'a sample has the members of all parts of an intersection',
      z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })),
      { a: 1, b: 1 },
    ],
    [
      'a sample is the input of a transformation, not its output',
      z.iso.date().transform(Date.parse),
      '2026-01-31',
    ],
  ])('%s', (_, each, sample) => {
    expect(sampleOfZod(each)).toEqual(sample);
  });
});

test('a sample of mutually recursive objects stays below 100,000 characters', () => {
  const objects: z.ZodType[] = Array.from({ length: 24 }, (_, index) =>
    z.object({
      id: z.string(),
      ...Object.fromEntries(
        Array.from({ length: 8 }, (_each, step) => [
          `member${step}`,
          z.lazy(() => objects[(index + step + 1) % 24] as z.ZodType).optional(),
        ]),
      ),
    }),
  );
  const [first = z.never()] = objects;
  const sample = sampleOfZod(first);
  expect(first.safeParse(sample).success).toBe(true);
  expect(JSON.stringify(sample).length).toBeLessThan(100_000);
});

test.each<[string, JsonSchema, unknown]>([
  ['nullable in OpenAPI 3.0', { type: 'string', nullable: true }, 'text'],
  ['nullable in OpenAPI 3.1', { type: ['string', 'null'] }, 'text'],
  ['of several types', { type: ['string', 'integer'] }, 'text'],
  ['with an exclusive bound in OpenAPI 3.0', { type: 'integer', minimum: 3, exclusiveMinimum: true }, 4],
  ['without a type', { properties: { a: { type: 'boolean' } } }, { a: true }],
  ['that allows anything', {}, 'anything'],
])('a schema %s has a sample', (_, schemaOfDocument, sample) => {
  expect(sampleOf(schemaOfDocument)).toEqual(sample);
});
