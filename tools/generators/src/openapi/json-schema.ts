import { asList, asNode, type Document, type Node } from './document.ts';

/** A JSON schema as a document has it: nothing is certain of its form. */
export type JsonSchema = unknown;
export type Scalar = 'string' | 'integer' | 'number' | 'boolean';

/**
 * What values a schema allows, by kind. Alternatives of one kind are merged, so that no value is read by an alternative that
 * does not know one of its members: kinds exclude each other, whatever the order. Every merge allows more, never less.
 */
export interface Form {
  /** Whether nothing is known: every value is allowed. */
  readonly isAny: boolean;
  readonly isNullable: boolean;
  readonly scalars: ReadonlySet<Scalar>;
  /** Of an array; undefined: no array is allowed. */
  readonly items: JsonSchema | undefined;
  readonly object: ObjectForm | undefined;
}

export interface ObjectForm {
  readonly properties: ReadonlyMap<string, JsonSchema>;
  readonly required: ReadonlySet<string>;
  /** Schema of the members that have no name in the document; undefined: they are not part of it. */
  readonly rest: JsonSchema | undefined;
  /** Whether the document says nothing of the members. */
  readonly isFree: boolean;
}

/** An answer has no `writeOnly` member, the body of a request no `readOnly` one. */
export type Direction = 'answer' | 'body';

const any: Form = { isAny: true, isNullable: false, scalars: new Set(), items: undefined, object: undefined };

/** @throws {Error} when a reference leads nowhere */
export function formOf(given: JsonSchema, document: Document, direction: Direction, within: readonly unknown[] = []): Form {
  const schema = asNode(given);
  // An alternative that is the schema itself adds nothing.
  if (within.includes(given)) return any;
  const inner = (each: JsonSchema) => formOf(each, document, direction, [...within, given]);
  const { $ref } = schema;
  const parts = [
    ownForm(schema, document, direction),
    ...(typeof $ref === 'string' ? [inner(document.resolve({ $ref }))] : []),
    ...asList(schema['allOf']).map(inner),
    ...['oneOf', 'anyOf'].flatMap((name) => {
      const alternatives = asList(schema[name]).map(inner);
      return alternatives.length > 0 ? [alternatives.reduce(either)] : [];
    }),
  ];
  return parts.reduce(both);
} // prettier-ignore

function ownForm(schema: Node, document: Document, direction: Direction): Form {
  const types = typesOf(schema);
  const saysNull = schema['nullable'] === true;
  if (types.size === 0) return { ...any, isNullable: saysNull };
  const hidden = direction === 'answer' ? 'writeOnly' : 'readOnly';
  const properties = Object.entries(asNode(schema['properties'])).filter(
    // JSON.parse makes an own member of that name, an assignment changes the prototype: no projection keeps it.
    ([name, member]) => name !== '__proto__' && flag(member, hidden, document) !== true,
  );
  const patterns = Object.values(asNode(schema['patternProperties']));
  const { additionalProperties: additional } = schema;
  const rests = [...patterns, ...(isConstraint(additional) ? [additional] : [])];
  const isFree = properties.length === 0 && rests.length === 0 && additional !== false;
  const items = [...asList(schema['prefixItems']), ...(schema['items'] === undefined ? [] : [schema['items']])];
  return {
    isAny: false,
    isNullable: saysNull || types.has('null'),
    scalars: new Set([...types].flatMap((type) => scalarOf(type, schema))),
    items: types.has('array') ? anyOf(items) : undefined,
    object: types.has('object')
      ? {
          properties: new Map(properties),
          required: new Set(asList(schema['required']).map(String)),
          rest: rests.length > 0 ? anyOf(rests) : undefined,
          isFree,
        }
      : undefined,
  };
} // prettier-ignore

/** The flag of a member, which may stand beside or behind its reference. */
function flag(member: JsonSchema, name: string, document: Document): unknown {
  const own = asNode(member)[name];
  return own ?? (asNode(member)['$ref'] === undefined ? undefined : document.resolve(member)[name]);
}

const isConstraint = (schema: JsonSchema): boolean =>
  Object.keys(asNode(schema)).some((name) => !name.startsWith('x-') && name !== 'description');

/** The types that a schema names, or that its keywords and values are of. Values of an enum stay open: a service may add to them. */
function typesOf(schema: Node): ReadonlySet<string> {
  const values = [...asList(schema['enum']), ...('const' in schema ? [schema['const']] : [])];
  const named = [schema['type'] ?? []].flat().map(String);
  if (named.length > 0) return new Set([...named, ...(values.includes(null) ? ['null'] : [])]);
  if (values.length > 0) return new Set(values.map(typeOfValue));
  const has = (...names: readonly string[]) => names.some((name) => schema[name] !== undefined);
  return new Set([
    ...(has('properties', 'required', 'additionalProperties', 'patternProperties') ? ['object'] : []),
    ...(has('items', 'prefixItems') ? ['array'] : []),
  ]);
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** 64 bits hold more than a safe integer: what is above 2^53 has lost digits, but must not cost the answer. */
function scalarOf(type: string, { format, maximum }: Node): readonly Scalar[] {
  if (type === 'integer' && (/64$/.test(String(format)) || Number(maximum) > Number.MAX_SAFE_INTEGER))
    return ['number'];
  return type === 'string' || type === 'integer' || type === 'number' || type === 'boolean' ? [type] : [];
}

type Keyword = 'anyOf' | 'allOf';

/** Schemas that were made here, of parts that the document has apart. */
const combinations = new WeakMap<object, Keyword>();
export const isCombination = (schema: JsonSchema): boolean => combinations.has(asNode(schema));

/** Parts without repetitions and without combinations among them, so that a recursive schema comes back to the same one. */
function combined(keyword: Keyword, schemas: readonly JsonSchema[]): JsonSchema {
  const flat = schemas.flatMap((schema) => {
    const isSame = combinations.get(asNode(schema)) === keyword;
    return isSame ? asList(asNode(schema)[keyword]) : [schema];
  });
  const unique = [...new Map(flat.map((schema) => [JSON.stringify(schema), schema])).values()];
  if (unique.length < 2) return unique[0] ?? true;
  const combination = { [keyword]: unique };
  combinations.set(combination, keyword);
  return combination;
}

export const anyOf = (schemas: readonly JsonSchema[]): JsonSchema => combined('anyOf', schemas);
const allOf = (schemas: readonly JsonSchema[]): JsonSchema => combined('allOf', schemas);

const common = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> =>
  new Set([...a].filter((each) => b.has(each)));

function either(a: Form, b: Form): Form {
  const isNullable = a.isNullable || b.isNullable;
  if (a.isAny || b.isAny) return { ...any, isNullable };
  const isBoth = a.items !== undefined && b.items !== undefined;
  return {
    isAny: false,
    isNullable,
    scalars: new Set([...a.scalars, ...b.scalars]),
    items: isBoth ? anyOf([a.items, b.items]) : (a.items ?? b.items),
    object: a.object && b.object ? eitherObject(a.object, b.object) : (a.object ?? b.object),
  };
}

function eitherObject(a: ObjectForm, b: ObjectForm): ObjectForm {
  const memberOf = ({ properties, rest, isFree }: ObjectForm, name: string): readonly JsonSchema[] => {
    if (properties.has(name)) return [properties.get(name)];
    if (isFree) return [true];
    return rest === undefined ? [] : [rest];
  };
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  const rests = [a.rest, b.rest].filter((rest) => rest !== undefined);
  return {
    properties: new Map([...names].map((name) => [name, anyOf([...memberOf(a, name), ...memberOf(b, name)])])),
    required: common(a.required, b.required),
    rest: rests.length > 0 ? anyOf(rests) : undefined,
    isFree: a.isFree || b.isFree,
  };
} // prettier-ignore

function both(a: Form, b: Form): Form {
  // Beside a reference or in a list of parts, `nullable` means the whole, whatever the specification says.
  const isNullable = a.isNullable || b.isNullable;
  if (a.isAny) return { ...b, isNullable };
  if (b.isAny) return { ...a, isNullable };
  const isArray = a.items !== undefined && b.items !== undefined;
  const scalars = common(a.scalars, b.scalars);
  if (has(a, 'integer', 'number') && has(b, 'integer', 'number')) scalars.add('integer');
  const object = a.object && b.object && bothObjects(a.object, b.object);
  // Parts that exclude each other: no value fits both, so that one of them must be wrong.
  if (!isArray && scalars.size === 0 && !object) return either(a, b);
  return { isAny: false, isNullable, scalars, items: isArray ? allOf([a.items, b.items]) : undefined, object }; // prettier-ignore
}

const has = ({ scalars }: Form, ...types: readonly Scalar[]) => types.some((type) => scalars.has(type));

function bothObjects(a: ObjectForm, b: ObjectForm): ObjectForm {
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  const parts = (name: string) => [a, b].flatMap(({ properties }) => (properties.has(name) ? [properties.get(name)] : [])); // prettier-ignore
  return {
    properties: new Map([...names].map((name) => [name, allOf(parts(name))])),
    required: new Set([...a.required, ...b.required]),
    rest: a.rest ?? b.rest,
    isFree: a.isFree && b.isFree,
  };
}
