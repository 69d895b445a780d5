import { describe, expect, test } from '@jest/globals';
import { documentOf } from '../../src/openapi/document.ts';
import { declarationTexts } from '../../src/source/declaration.ts';
import { comment, literal } from '../../src/source/literal.ts';
import { camel, pascal, uniqueName } from '../../src/source/names.ts';
import { createZodSource } from '../../src/source/zod-source.ts';
import { zodOf } from './zod-of.ts';

const text = { type: 'string' } as const;
const integer = { type: 'integer' } as const;
const objectOf = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });

/** Returns the zod source of a schema, which may refer to `schemas`. */
function sourceOf(schema: unknown, schemas: object = {}, direction: 'answer' | 'body' = 'answer') {
  const source = createZodSource(documentOf({ schemas }), [schema], { direction, names: new Set() });
  const expression = source.of(schema);
  return { expression, declarations: declarationTexts(source.declarations()) };
}

const schemaOf = (schema: unknown, schemas: object = {}) => zodOf(schema, { schemas });

describe('a schema is written as zod source:', () => {
  test.each<[string, unknown, string]>([
    ['a string', text, 'z.string()'],
    ['a string with a format', { type: 'string', format: 'date' }, 'z.string()'],
    ['an enum, which accepts further values', { type: 'string', enum: ['a', 'b'] }, 'z.string()'],
    ['an enum without a type', { enum: ['a', 1, null] }, 'z.union([z.string(), z.number()]).nullable()'],
    ['a constant', { const: 'a' }, 'z.string()'],
    ['an integer', integer, 'integer'],
    ['an integer that is bounded', { ...integer, minimum: 0, maximum: 9 }, 'z.int()'],
    ['an integer of 64 bits', { type: 'integer', format: 'int64' }, 'integer'],
    ['an integer of 32 bits', { type: 'integer', format: 'int32' }, 'z.int()'],
    ['a number', { type: 'number' }, 'z.number()'],
    ['a boolean', { type: 'boolean' }, 'z.boolean()'],
    ['null in OpenAPI 3.0', { type: 'string', nullable: true }, 'z.string().nullable()'],
    ['null in OpenAPI 3.1', { type: ['string', 'null'] }, 'z.string().nullable()'],
    ['null as an alternative', { anyOf: [text, { type: 'null' }] }, 'z.string().nullable()'],
    ['null in an enum', { type: 'string', enum: ['a', null] }, 'z.string().nullable()'],
    ['several types', { type: ['string', 'integer'] }, 'z.union([z.string(), integer])'],
    ['an array', { type: 'array', items: text }, 'z.array(z.string())'],
    ['an array of anything', { type: 'array' }, 'z.array(z.unknown())'],
    [
      'a tuple',
      { type: 'array', prefixItems: [text, integer], items: false },
      'z.array(z.union([z.string(), integer]))',
    ],
    [
      'a tuple with any further items',
      { type: 'array', prefixItems: [text, integer] },
      'z.array(z.unknown())',
    ],
    ['anything', {}, 'z.unknown()'],
    ['true', true, 'z.unknown()'],
    [
      'an object',
      objectOf({ a: text, 'b-c': text }, 'a'),
      'z.object({ "a": z.string(), "b-c": z.string().optional() })',
    ],
    ['an object without a type', { properties: { a: text } }, 'z.object({ "a": z.string().optional() })'],
    [
      'an object with any member names',
      { type: 'object', additionalProperties: text },
      'z.record(z.string(), z.string())',
    ],
    ['an object of anything', { type: 'object' }, 'z.record(z.string(), z.unknown())'],
    [
      'an object with other members of one type',
      { ...objectOf({ a: text }, 'a'), additionalProperties: integer },
      'z.object({ "a": z.string() }).catchall(integer)',
    ],
    [
      'a member that only requests have',
      objectOf({ a: text, b: { ...text, writeOnly: true } }, 'a', 'b'),
      'z.object({ "a": z.string() })',
    ],
    [
      'a member that would be the prototype',
      objectOf(JSON.parse('{"__proto__":{"type":"string"},"a":{"type":"string"}}'), 'a'),
      'z.object({ "a": z.string() })',
    ],
    [
      'allOf with several parts',
      { allOf: [objectOf({ a: text }, 'a'), { properties: { b: text } }, { required: ['b'] }] },
      'z.object({ "a": z.string(), "b": z.string() })',
    ],
    ['contradictory parts', { allOf: [text, integer] }, 'z.union([z.string(), integer])'],
  ])('the schema of %s is written as zod source', (_, schema, expected) => {
    expect(sourceOf(schema)).toEqual({ expression: expected, declarations: [] });
  });

  test('a schema that is referenced twice becomes one constant', () => {
    const schemas = { Thing: objectOf({ id: text }, 'id') };
    const thing = { $ref: '#/schemas/Thing', description: 'beside' };
    expect(
      sourceOf(objectOf({ one: thing, more: { type: 'array', items: thing } }, 'one', 'more'), schemas),
    ).toEqual({
      expression: 'z.object({ "one": thingModel, "more": z.array(thingModel) })',
      declarations: ['const thingModel = z.object({ "id": z.string() });'],
    });
  });

  test('a note is written for an inherited member name and for __proto__', () => {
    const source = createZodSource(documentOf({}), [], { direction: 'answer', names: new Set() });
    source.of(objectOf(JSON.parse('{"__proto__":{"type":"string"},"valueOf":{"type":"string"}}')));
    expect(source.notes()).toEqual([
      'without the member __proto__: it would be the prototype of the object',
      'the member valueOf is kept, but has no type: every object inherits a member of that name',
    ]);
  });

  test('the body of a request omits members that only answers have', () => {
    const schema = objectOf(
      { id: { ...text, readOnly: true }, pin: { ...text, writeOnly: true } },
      'id',
      'pin',
    );
    expect(sourceOf(schema, {}, 'body').expression).toBe('z.object({ "pin": z.string() })');
  });

  test.each([
    ['leads nowhere', '#/schemas/Lost', 'leads nowhere'],
    ['is in another file', 'other.yaml#/Thing', 'is in another file; bundle the document first'],
    ['refers to itself', '#/schemas/Self', 'refers to itself'],
  ])('a reference that %s is rejected', (_, $ref, reason) => {
    expect(() => sourceOf({ $ref }, { Self: { $ref: '#/schemas/Self' } })).toThrow(reason);
  });
});

describe('no member that a document names is lost with', () => {
  const card = objectOf(
    {
      kind: { type: 'string', enum: ['card'] },
      brand: text,
      list: { type: 'array', items: objectOf({ a: text }) },
    },
    'kind',
  );
  const bank = objectOf(
    {
      kind: { type: 'string', enum: ['bank'] },
      iban: text,
      list: { type: 'array', items: objectOf({ b: text }) },
    },
    'kind',
  );
  const schemas = {
    Card: card,
    Bank: bank,
    Payment: { oneOf: [{ $ref: '#/schemas/Card' }, { $ref: '#/schemas/Bank' }], discriminator: { propertyName: 'kind' } },
    Loop: objectOf({ self: { type: 'object', allOf: [{ $ref: '#/schemas/Loop' }, objectOf({ a: text })] } }),
    Tree: objectOf({ id: text, children: { type: 'array', items: { $ref: '#/schemas/Tree' } }, parent: { oneOf: [{ type: 'null' }, { $ref: '#/schemas/Tree' }] } }, 'id'),
    Value: { anyOf: [text, { type: 'array', items: { $ref: '#/schemas/Value' } }, { type: 'object', additionalProperties: { $ref: '#/schemas/Value' } }, { type: 'array', items: objectOf({ z: text }) }] },
  }; // prettier-ignore
  test.each<[string, unknown, unknown]>([
    [
      'alternatives of objects',
      { oneOf: [objectOf({ last4: text }), objectOf({ vat: text })] },
      { vat: '1' },
    ],
    [
      'alternatives in a part',
      { allOf: [{ oneOf: [objectOf({ a: text }), objectOf({ b: text })] }, objectOf({ c: text })] },
      { b: '1', c: '2' },
    ],
    [
      'properties beside alternatives',
      { ...objectOf({ id: text }, 'id'), oneOf: [objectOf({ a: text }, 'a'), objectOf({ b: text }, 'b')] },
      { id: '1', b: '2' },
    ],
    ['a discriminator', { $ref: '#/schemas/Payment' }, { kind: 'bank', iban: '1', list: [{ b: '1' }] }],
    ['an unknown discriminator', { $ref: '#/schemas/Payment' }, { kind: 'cash', brand: 'x' }],
    ['one member of two types', { oneOf: [objectOf({ a: text }), objectOf({ a: integer })] }, { a: 1 }],
    [
      'arrays as alternatives',
      {
        anyOf: [
          { type: 'array', items: objectOf({ a: text }) },
          { type: 'array', items: objectOf({ b: text }) },
        ],
      },
      [{ b: '1' }],
    ],
    ['an object or a string', { oneOf: [text, objectOf({ a: text }, 'a')] }, { a: '1' }],
    [
      'a record as an alternative',
      { oneOf: [objectOf({ a: text }, 'a'), { type: 'object', additionalProperties: integer }] },
      { x: 1, a: 2 },
    ],
    [
      'an alternative that names other members by a schema',
      {
        ...objectOf({ b: {} }, 'b'),
        oneOf: [
          objectOf({ a: text }, 'a'),
          { ...objectOf({ a: text }), additionalProperties: objectOf({ c: text }) },
        ],
      },
      { a: '1', b: 2 },
    ],
    [
      'a free object as an alternative',
      { oneOf: [objectOf({ a: text }, 'a'), { type: 'object' }] },
      { x: 1, a: [2] },
    ],
    [
      'a part that allows no other members',
      { allOf: [{ ...objectOf({ a: text }), additionalProperties: false }, objectOf({ b: text })] },
      { a: '1', b: '2' },
    ],
    ['a name that is required only', { ...objectOf({ a: text }, 'x') }, { a: '1', x: { y: 1 } }],
    [
      'names by a pattern',
      { ...objectOf({ a: text }), patternProperties: { '^x-': objectOf({ b: text }) } },
      { a: '1', 'x-1': { b: '2' }, y: 3 },
    ],
    [
      'a condition',
      {
        ...objectOf({ a: text }),
        if: { required: ['a'] },
        then: objectOf({ b: text }),
        else: objectOf({ c: text }),
      },
      { a: '1', b: '2', c: 3 },
    ],
    [
      'names by a pattern under a condition',
      { ...objectOf({ a: text }), if: { required: ['a'] }, then: { patternProperties: { '^x-': text } } },
      { a: '1', 'x-1': '2' },
    ],
    [
      'a member that every object inherits',
      objectOf({ constructor: text, toString: text }),
      { toString: '1' },
    ],
    [
      'a reference with siblings',
      { $ref: '#/schemas/Card', properties: { more: text } },
      { kind: 'card', brand: 'x', more: 'y' },
    ],
    [
      'an inline schema that contains itself',
      { $ref: '#/schemas/Loop' },
      { self: { self: { a: '1' }, a: '2' } },
    ],
    ['an integer above 2^53', objectOf({ id: integer }), { id: 2 ** 60 }],
    [
      'a recursive schema',
      { $ref: '#/schemas/Tree' },
      { id: '1', children: [{ id: '2', parent: { id: '3' } }], parent: null },
    ],
    ['recursive alternatives', { $ref: '#/schemas/Value' }, { a: ['1', { z: '2', y: ['3'] }], z: '4' }],
  ])('no member that a document names is lost with %s', (_, schema, value) => {
    expect(schemaOf(schema, schemas).parse(value)).toEqual(value);
  });

  test.each([
    [
      'its mapping names',
      { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat', dog: 'Dog' } },
      [],
    ],
    ['it is a part of', { propertyName: 'kind' }, [{ $ref: '#/components/schemas/Pet' }]],
  ])('a base with a discriminator has the members of the schemas that %s', (_, discriminator, parts) => {
    const Pet = { ...objectOf({ kind: text, name: text }, 'kind'), discriminator };
    const heir = (properties: object) => ({ allOf: [...parts, objectOf(properties)] });
    const root = {
      components: { schemas: { Pet, Cat: heir({ lives: integer }), Dog: heir({ tag: text }) } },
    };
    const zod = zodOf({ $ref: '#/components/schemas/Pet' }, root);
    expect(zod.parse({ kind: 'cat', name: 'x', lives: 9, debug: 1 })).toEqual({
      kind: 'cat',
      name: 'x',
      lives: 9,
    });
    expect(zod.safeParse({ name: 'x' }).success).toBe(false);
    expect(
      Object.keys(
        zodOf({ $ref: '#/components/schemas/Dog' }, root).parse({
          kind: 'dog',
          tag: '1',
          lives: 1,
        }) as object,
      ),
    ).not.toContain(parts.length > 0 ? 'lives' : 'kind');
  });

  test('a member that no alternative names is dropped', () => {
    expect(schemaOf({ $ref: '#/schemas/Payment' }, schemas).parse({ kind: 'card', debug: 1 })).toEqual({
      kind: 'card',
    });
  });
});

describe('a hostile text in generated source', () => {
  const hostile = [
    '"',
    "'",
    '`',
    '${1}',
    '\\',
    '\n',
    '\r',
    '\u2028',
    '\u2029',
    '*/',
    '/*',
    '//',
    '</script>',
    '\u0000',
    '\ud800',
  ];
  test.each(hostile)('a hostile text in a literal of generated source stays data: %j', (given) => {
    expect(new Function(`return ${literal(`a${given}b`)};`)()).toBe(`a${given}b`);
    expect(literal(given)).not.toMatch(/[\n\r\u2028\u2029]/);
  });

  test.each(hostile)(
    'a hostile text in a comment of generated source does not end the comment: %j',
    (given) => {
      const line = comment(`a${given}b`);
      expect(line.slice(2, -2)).not.toContain('*/');
      expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
    },
  );
});

test.each([
  ['list-things', 'listThings', 'ListThings'],
  ['ListThings', 'listThings', 'ListThings'],
  ['get things', 'getThings', 'GetThings'],
  ['航班', '', ''],
])('the text %s becomes the camelCase name %s and the PascalCase name %s', (given, camelCase, pascalCase) => {
  expect([camel(given), pascal(given)]).toEqual([camelCase, pascalCase]);
});

test('a name that is taken gets a number', () => {
  expect(uniqueName('a', (name) => ['a', 'a2'].includes(name))).toBe('a3');
});
