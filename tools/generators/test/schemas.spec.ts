import { describe, expect, test } from '@jest/globals';
import { addSiblings } from '../src/add-siblings.ts';
import { sampleOf, type JsonSchema } from '@bff/demo-services/generic';
import { camel, renamed } from '../src/names.ts';
import { zodSource } from '../src/zod-source.ts';

const text = { type: 'string' } as const;

describe('a schema as zod, and a value that fits', () => {
  test.each<[string, JsonSchema, string, unknown]>([
    ['text', text, 'z.string()', 'text'],
    ['text of a format', { type: 'string', format: 'date' }, 'z.string()', '2026-01-31'],
    ['an enum stays open', { type: 'string', enum: ['a', 'b'] }, 'z.string()', 'a'],
    ['an example', { type: 'string', example: 'x' }, 'z.string()', 'x'],
    ['integer', { type: 'integer' }, 'z.int()', 1],
    ['number', { type: 'number', minimum: 5 }, 'z.number()', 5],
    ['boolean', { type: 'boolean' }, 'z.boolean()', true],
    ['null in 3.0', { type: 'string', nullable: true }, 'z.string().nullable()', 'text'],
    ['null in 3.1', { type: ['string', 'null'] }, 'z.string().nullable()', 'text'],
    ['null as an alternative', { anyOf: [text, { type: 'null' }] }, 'z.string().nullable()', 'text'],
    ['several types', { type: ['string', 'integer'] }, 'z.union([z.string(), z.int()])', 'text'],
    ['alternatives', { oneOf: [{ type: 'integer' }, text] }, 'z.union([z.int(), z.string()])', 1],
    ['array', { type: 'array', items: text }, 'z.array(z.string())', ['text']],
    ['array of anything', { type: 'array' }, 'z.array(z.unknown())', ['anything']],
    ['anything', {}, 'z.unknown()', 'anything'],
    ['object', { type: 'object', properties: { a: text, 'b-c': text }, required: ['a'] }, 'z.object({ "a": z.string(), "b-c": z.string().optional() })', { a: 'text', 'b-c': 'text' }],
    ['object without a type', { properties: { a: text } }, 'z.object({ "a": z.string().optional() })', { a: 'text' }],
    ['object of any names', { type: 'object', additionalProperties: text }, 'z.record(z.string(), z.string())', {}],
    ['object of anything', { type: 'object' }, 'z.record(z.string(), z.unknown())', {}],
    ['all of', { allOf: [{ properties: { a: text }, required: ['a'] }, { properties: { b: text } }] }, 'z.object({ "a": z.string(), "b": z.string().optional() })', { a: 'text', b: 'text' }],
  ])('%s', (_, schema, source, sample) => {
    expect(zodSource(schema)).toBe(source);
    expect(sampleOf(schema)).toEqual(sample);
  }); // prettier-ignore

  test('for an answer whose nulls are stripped and whose members may all be absent', () => {
    const schema = { type: 'object', properties: { a: { type: ['string', 'null'] } } } as const;
    expect(zodSource(schema, { object: 'answerObject', optional: false, nulls: false })).toBe(
      'answerObject({ "a": z.string() })',
    );
  });
});

describe('a sibling stands wherever its like stands', () => {
  const add = (source: string): string =>
    addSiblings(source, {
      of: /loyalty/i,
      among: /user/,
      copy: (each) => renamed(each, 'loyalty', 'parcel'),
    });
  test.each([
    ['object', 'const a = { user: 1, loyalty: 2 };', 'const a = { user: 1, loyalty: 2, parcel: 2 };'],
    ['shorthand', 'const a = { user, loyalty };', 'const a = { user, loyalty, parcel };'],
    ['a value of another', 'const a = { user, loyalty: user };', 'const a = { user, loyalty: user, parcel: user };'],
    ['nested', 'f({ all: { user: [1], loyalty: [2] } });', 'f({ all: { user: [1], loyalty: [2], parcel: [2] } });'],
    ['array', "const a = ['user', 'loyalty'];", "const a = ['user', 'loyalty', 'parcel'];"],
    ['destructuring', 'const [user, loyalty] = f();', 'const [user, loyalty, parcel] = f();'],
    ['union', "type A = 'user' | 'loyalty';", "type A = 'user' | 'loyalty' | 'parcel';"],
    ['type', 'interface A { user: B; loyalty: B; }', 'interface A { user: B; loyalty: B;\nparcel: B; }'],
    ['import', "import { L } from './loyalty.ts';", "import { L } from './loyalty.ts';\nimport { L } from './parcel.ts';"],
    ['no member of anything', 'loyalty();', 'loyalty();'],
  ])('%s', (_, before, after) => {
    expect(add(before)).toBe(after);
  }); // prettier-ignore
});

test.each([
  ['list-orders', 'listOrders'],
  ['ListOrders', 'listOrders'],
  ['get parcels', 'getParcels'],
])('%s is named %s', (given, name) => {
  expect(camel(given)).toBe(name);
});
