import type { Draw, LawDocument, Schema } from './documents.ts';

type Json = unknown;
const anyValue = [
  null,
  true,
  0,
  1.5,
  -3,
  2 ** 60,
  '',
  'text',
  '7',
  [],
  ['x'],
  {},
  { a: 1 },
  { extra: 'e', b: [1] },
];
const extraNames = ['extra', 'x-1', 'x-2', 'a', 'b', 'constructor', 'valueOf'];

/** Generates a value that a schema probably accepts; every third one is changed somewhere. */
export function drawValue(draw: Draw, document: LawDocument, root: Schema): Json {
  const value = made(root, 0);
  return draw(3) === 0 ? changed(value) : value;

  function pick<T>(values: readonly T[]): T {
    return values[draw(values.length)] as T;
  }

  function made(given: Schema, depth: number): Json {
    // Beyond this depth ajv accepts no value when every level requires another one.
    if (typeof given === 'boolean' || depth > 20) return pick(anyValue);
    const schema = given as Readonly<Record<string, never>>;
    const list = (keyword: string) => (schema[keyword] ?? []) as readonly Schema[];
    const { $ref, type } = schema;
    if (typeof $ref === 'string')
      return made(document.components.schemas[($ref as string).split('/').at(-1) ?? ''] ?? true, depth + 1);
    if ('const' in schema) return schema['const'];
    if (schema['nullable'] && draw(4) === 0) return null;
    if (schema['enum']) return pick(schema['enum']);
    const parts = [
      ...list('allOf'),
      ...[list('oneOf'), list('anyOf')].filter((each) => each.length > 0).map((each) => pick(each)),
      ...['then', 'else']
        .filter((each) => schema[each] !== undefined && draw(2) === 0)
        .map((each): Schema => schema[each] ?? true),
    ];
    const own =
      type === undefined && parts.length > 0 && !schema['properties']
        ? []
        : [ofType(pick([type ?? (schema['properties'] ? 'object' : 'any')].flat()), schema, depth)];
    const values = depth > 12 ? own : [...own, ...parts.map((part) => made(part, depth + 1))];
    return values.every(isObject) ? Object.assign({}, ...values) : values.findLast((each) => !isObject(each));
  }

  function ofType(type: string, schema: Readonly<Record<string, never>>, depth: number): Json {
    switch (type) {
      case 'string':
        return pick(['', 'text', '2026-01-01']);
      case 'integer':
        return pick(
          schema['format'] === 'int32' || schema['maximum'] ? [0, 7] : [0, -1, 2 ** 53 + 2, 2 ** 60],
        );
      case 'number':
        return pick([0, 1.5, -1e300]);
      case 'boolean':
        return draw(2) === 0;
      case 'null':
        return null;
      case 'array': {
        const first = ((schema['prefixItems'] ?? []) as Schema[]).map((each) => made(each, depth + 1));
        const rest: Schema = schema['contains'] ?? schema['items'] ?? true;
        return depth > 8 || (rest as unknown) === false
          ? first
          : [...first, ...Array.from({ length: draw(3) }, () => made(rest, depth + 1))];
      }
      case 'object':
        return objectOf(schema, depth);
      default:
        return pick(anyValue);
    }
  }

  function objectOf(schema: Readonly<Record<string, never>>, depth: number): Json {
    const { required = [], properties = {}, patternProperties = {}, additionalProperties } = schema;
    const isThere = (name: string) => (required as string[]).includes(name) || (depth < 9 && draw(3) > 0);
    const own = Object.entries(properties as Record<string, Schema>).filter(([name]) => isThere(name));
    const others = (required as string[]).filter((name) => !Object.hasOwn(properties, name));
    const extra = draw(3) === 0 ? [pick(['extra', 'x-9'])] : [];
    return Object.fromEntries([
      ...own.map(([name, each]) => [name, made(each, depth + 1)]),
      ...Object.values(patternProperties as Record<string, Schema>).map((each) => [
        'x-1',
        made(each, depth + 1),
      ]),
      ...[...others, ...extra].map((name) => [
        name,
        depth > 8 ? 1 : made(additionalProperties ?? true, depth + 1),
      ]),
    ]);
  }

  function changed(given: Json): Json {
    if (Array.isArray(given) && given.length > 0 && draw(3) > 0)
      return given.with(draw(given.length), changed(pick(given)));
    if (!isObject(given) || draw(4) === 0) return pick(anyValue);
    const entries = Object.entries(given);
    const kind = entries.length === 0 ? 2 : draw(3);
    const [name = ''] = entries.length > 0 ? pick(entries) : [];
    if (kind === 0) return Object.fromEntries(entries.filter(([each]) => each !== name));
    if (kind === 1) return { ...given, [name]: changed((given as Record<string, Json>)[name]) };
    return { ...given, [pick(extraNames)]: pick(anyValue) };
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
