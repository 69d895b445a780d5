// eslint-disable-next-line no-restricted-imports -- the documented entry of ajv for JSON Schema 2020-12
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { LawDocument, Schema } from './documents.ts';
import { isObject } from './values.ts';

type Node = Readonly<Record<string, unknown>>;
export type Direction = 'answer' | 'body';

export interface Oracle {
  /** Returns whether a schema of the document accepts a value. */
  accepts(name: string, value: unknown): boolean;
  /** Returns the paths of members that a schema names but a parsed value lacks. */
  lost(name: string, value: unknown, parsed: unknown): readonly string[];
}

/** Names of members that always belong to the other direction. */
const hiddenIn: Readonly<Record<Direction, string>> = { answer: 'pin', body: 'id' };

/** Creates an oracle based on ajv, which shares no code with the tested generator. */
export function createOracle({ openapi, components }: LawDocument, direction: Direction): Oracle {
  const hidden = hiddenIn[direction];
  const root = mapSchemas({ components: { schemas: components.schemas } }, (node) =>
    normalized(node, openapi, hidden),
  ) as Node;
  const strict = mapSchemas(root, (node) => withOneMeaning(node, root)) as Node;
  const options = { strict: false, meta: false, validateSchema: false, logger: false } as const;
  const ajv = new Ajv2020(options).addFormat('int32', {
    type: 'number',
    validate: (value) => Math.abs(value) < 2 ** 31,
  });
  ajv.addSchema({ ...root, $id: 'document' }).addSchema({ ...strict, $id: 'strict' });
  function accepts(pointer: string, value: unknown): boolean {
    try {
      return (ajv.getSchema(pointer) ?? ajv.compile({ $ref: pointer }))(value) as boolean;
    } catch (error) {
      // ajv recurses endlessly where a schema is a part of itself, and calls members that are named like
      // methods.
      if (error instanceof RangeError || error instanceof TypeError) return false;
      throw error;
    }
  }

  /** Returns pointers to the schemas that apply at a place: parts, and alternatives that accept the value. */
  function holding(pointer: string, value: unknown, seen: Set<string>): readonly string[] {
    if (seen.has(pointer)) return [];
    seen.add(pointer);
    const node = at(root, pointer);
    if (!isObject(node)) return [];
    const inner = (each: string) => holding(each, value, seen);
    const each = (keyword: string) =>
      Array.isArray(node[keyword])
        ? (node[keyword] as unknown[]).map((_, index) => `${pointer}/${keyword}/${index}`)
        : [];
    const { $ref } = node;
    const branch = `${pointer}/${node['if'] !== undefined && accepts(`document${pointer}/if`, value) ? 'then' : 'else'}`;
    const dependent =
      isObject(node['dependentSchemas']) && isObject(value)
        ? Object.keys(node['dependentSchemas']).filter((name) => Object.hasOwn(value, name))
        : [];
    return [
      pointer,
      ...(typeof $ref === 'string' ? inner($ref) : []),
      ...each('allOf').flatMap(inner),
      ...[...each('oneOf'), ...each('anyOf')]
        .filter((alternative) => accepts(`document${alternative}`, value))
        .flatMap(inner),
      ...(node['if'] === undefined ? [] : inner(branch)),
      ...dependent.flatMap((name) => inner(`${pointer}/dependentSchemas/${step(name)}`)),
    ];
  }

  function lostAt(
    pointers: readonly string[],
    value: unknown,
    parsed: unknown,
    path: string,
  ): readonly string[] {
    const seen = new Set<string>();
    const all = pointers.flatMap((pointer) => holding(pointer, value, seen));
    if (Array.isArray(value))
      return value.flatMap((item, index) =>
        lostAt(
          all.flatMap((pointer) => itemPointers(pointer, index, item)),
          item,
          (parsed as unknown[])?.[index],
          `${path}/${index}`,
        ),
      );
    if (!isObject(value)) return Object.is(value, parsed) ? [] : [`${path} is ${JSON.stringify(parsed)}`];
    return Object.entries(value).flatMap(([name, member]) => {
      const found = all.map((pointer) => memberPointers(pointer, name));
      const named = found.some((each) => each !== undefined);
      const evaluated = found.some((each) => (each?.length ?? 0) > 0);
      const rest = evaluated
        ? []
        : all
            .map((pointer) => `${pointer}/unevaluatedProperties`)
            .filter((each) => isConstraint(at(root, each)));
      if ((!named && rest.length === 0) || name === hidden) return [];
      const at1 = `${path}/${name}`;
      if (!isObject(parsed) || !Object.hasOwn(parsed, name)) return [`${at1} is lost`];
      return lostAt([...found.flatMap((each) => each ?? []), ...rest], member, parsed[name], at1);
    });
  }

  function memberPointers(pointer: string, name: string): readonly string[] | undefined {
    const { properties, patternProperties, additionalProperties, required } = at(root, pointer) as Node;
    const own =
      isObject(properties) && Object.hasOwn(properties, name) ? [`${pointer}/properties/${step(name)}`] : [];
    const patterns = Object.keys((patternProperties ?? {}) as object).filter((each) =>
      new RegExp(each, 'u').test(name),
    );
    const found = [...own, ...patterns.map((each) => `${pointer}/patternProperties/${step(each)}`)];
    if (found.length > 0) return found;
    if (isConstraint(additionalProperties)) return [`${pointer}/additionalProperties`];
    return (required as string[] | undefined)?.includes(name) ? [] : undefined;
  }

  function itemPointers(pointer: string, index: number, item: unknown): readonly string[] {
    const {
      prefixItems = [],
      items,
      contains,
    } = at(root, pointer) as {
      readonly prefixItems?: readonly unknown[];
      readonly items?: unknown;
      readonly contains?: unknown;
    };
    const own =
      index < prefixItems.length
        ? [`${pointer}/prefixItems/${index}`]
        : items === undefined
          ? []
          : [`${pointer}/items`];
    const contained =
      contains !== undefined && accepts(`document${pointer}/contains`, item) ? [`${pointer}/contains`] : [];
    return [...own, ...contained];
  }

  const pointerOf = (name: string) => `#/components/schemas/${name}`;
  return {
    accepts: (name, value) =>
      accepts(`document${pointerOf(name)}`, value) && accepts(`strict${pointerOf(name)}`, value),
    lost: (name, value, parsed) => lostAt([pointerOf(name)], value, parsed, ''),
  };
}

const step = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
const isConstraint = (schema: unknown): boolean =>
  isObject(schema) && Object.keys(schema).some((each) => each !== 'description');

function at(root: Node, pointer: string): unknown {
  const names = pointer.split('/').slice(1);
  return names.reduce<unknown>((node, name) => {
    const key = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
    return (node as Node | undefined)?.[key];
  }, root);
}

const single = [
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
];
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const maps = ['properties', 'patternProperties', 'dependentSchemas', 'schemas'];

/** Rewrites every schema, inner ones first; examples and extensions contain no schemas. */
function mapSchemas(given: unknown, rewrite: (node: Node) => unknown): unknown {
  if (!isObject(given)) return given;
  const inner = (schema: unknown) => mapSchemas(schema, rewrite);
  const members = Object.entries(given).map(([name, value]) => {
    if (name === 'components')
      return [
        name,
        {
          schemas: Object.fromEntries(
            Object.entries((value as { schemas: object }).schemas).map(([key, each]) => [key, inner(each)]),
          ),
        },
      ];
    if (single.includes(name)) return [name, inner(value)];
    if (lists.includes(name)) return [name, (value as unknown[]).map(inner)];
    if (maps.includes(name))
      return [
        name,
        Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, inner(each)])),
      ];
    return [name, value];
  });
  return rewrite(Object.fromEntries(members));
}

/**
 * Converts OpenAPI to JSON Schema: null, siblings of a reference, and requirements of the other direction.
 */
function normalized(node: Node, openapi: string, hidden: string): Node {
  if (openapi === '3.0.3' && typeof node['$ref'] === 'string') return { $ref: node['$ref'] };
  const { nullable, ...others } = node;
  const { type, required } = others;
  return {
    ...others,
    ...(nullable === true && type !== undefined ? { type: [type, 'null'].flat() } : {}),
    ...(Array.isArray(required) ? { required: required.filter((name) => name !== hidden) } : {}),
  };
}

/**
 * Gives each member one meaning, as the law assumes: a member that one alternative names and another does not
 * has the schema of the first. Otherwise each member of a union could have any type.
 */
function withOneMeaning(node: Node, root: Node): Node {
  const rewritten = (['oneOf', 'anyOf'] as const).map((keyword) => {
    const all = (node[keyword] ?? []) as readonly Schema[];
    const names = all.map((each) => namesOf(each, root, new Set()));
    const closed = all.map((each, index) => {
      const own = names[index] as Map<string, unknown[]>;
      const others = names
        .filter((map) => map !== own)
        .flatMap((map) => [...map])
        .filter(([name]) => !own.has(name));
      if (own.size === 0 || others.length === 0) return each;
      const properties = Map.groupBy(others, ([name]) => name);
      return {
        allOf: [
          each,
          {
            properties: Object.fromEntries(
              [...properties].map(([name, found]) => [
                name,
                { anyOf: found.flatMap(([, schemas]) => schemas) },
              ]),
            ),
          },
        ],
      };
    });
    return [keyword, closed] as const;
  });
  return { ...node, ...Object.fromEntries(rewritten.filter(([, all]) => all.length > 0)) };
}

function namesOf(schema: unknown, root: Node, seen: Set<unknown>): Map<string, unknown[]> {
  const all = new Map<string, unknown[]>();
  if (!isObject(schema) || seen.has(schema)) return all;
  seen.add(schema);
  const add = (name: string, each: unknown) => void all.set(name, [...(all.get(name) ?? []), each]);
  const {
    properties = {},
    required = [],
    additionalProperties = true,
  } = schema as {
    readonly properties?: object;
    readonly required?: readonly string[];
    readonly additionalProperties?: unknown;
  };
  for (const [name, each] of Object.entries(properties)) add(name, each);
  for (const name of required) if (!Object.hasOwn(properties, name)) add(name, additionalProperties);
  const parts = [
    ...lists.slice(0, 3).flatMap((keyword) => (schema[keyword] ?? []) as unknown[]),
    ...(typeof schema['$ref'] === 'string' ? [at(root, schema['$ref'])] : []),
  ];
  for (const part of parts)
    for (const [name, schemas] of namesOf(part, root, seen)) for (const each of schemas) add(name, each);
  return all;
}
