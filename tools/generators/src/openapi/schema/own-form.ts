import { anyOf, isConstraint, type JsonSchema } from './combination.ts';
import { asList, asNode, type Document, type Node } from '../document.ts';
import { anyForm, Numbers, type Form, type Kind } from './form.ts';
import { freeMembers, membersIn } from './members.ts';

/** Where a schema is used: an answer contains no `writeOnly` member, a request body no `readOnly` member. */
export type Direction = 'answer' | 'body';

/**
 * Returns the form of a schema's own keywords. Ignores keywords with other schemas for the same value, such
 * as `allOf`.
 */
export function ownForm(schema: Node, document: Document, direction: Direction): Form {
  const types = typesOf(schema);
  const values = [...asList(schema['enum']), ...('const' in schema ? [schema['const']] : [])];
  const hidden = direction === 'answer' ? 'writeOnly' : 'readOnly';
  const members = membersIn(schema, (member) => flag(member, hidden, document) === true);
  const named = new Set([...types].flatMap((type) => kindOf(type) ?? []));
  const isStated = named.size > 0 || types.has('null');
  return {
    isStated,
    kinds: isStated ? named : anyForm.kinds,
    hints: hintsOf(schema),
    numbers: numbersOf(types, schema),
    isNullable: schema['nullable'] === true || types.has('null'),
    items: itemsOf(schema),
    // An object among the values of an enum has members that no keyword names.
    members: values.some((value) => kindOfValue(value) === 'object')
      ? { ...members, rest: true, keeps: 'named' }
      : members,
    origins: {},
  };
}

/**
 * Returns what the siblings of a reference add in OpenAPI 3.0: the members that they name, and null.
 * Everything else in them is ignored, as OpenAPI 3.0 requires.
 */
export const relaxed = ({ members, isNullable }: Form): Form => ({
  ...anyForm,
  isNullable,
  members: members.properties.size > 0 ? { ...members, required: new Set() } : freeMembers,
});

/** Returns a flag of a member, which is stated at the member or at the target of its reference. */
function flag(member: JsonSchema, name: string, document: Document): unknown {
  const own = asNode(member)[name];
  return own ?? (typeof asNode(member)['$ref'] === 'string' ? document.resolve(member)[name] : undefined);
}

/**
 * Returns the stated types, or those of the listed values. Enums stay open, because a service may add values.
 */
function typesOf(schema: Node): ReadonlySet<string> {
  const values = [...asList(schema['enum']), ...('const' in schema ? [schema['const']] : [])];
  const named = [schema['type'] ?? []].flat().map(String);
  if (named.length > 0) return new Set([...named, ...(values.includes(null) ? ['null'] : [])]);
  return new Set(values.map(kindOfValue));
}

function kindOfValue(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const kinds: Readonly<Record<string, Kind>> = {
  string: 'string',
  boolean: 'boolean',
  number: 'number',
  integer: 'number',
  array: 'array',
  object: 'object',
};
const kindOf = (type: string): Kind | undefined => (Object.hasOwn(kinds, type) ? kinds[type] : undefined);

function hintsOf(schema: Node): ReadonlySet<Kind> {
  const has = (...names: readonly string[]) => names.some((name) => schema[name] !== undefined);
  return new Set<Kind>([
    ...(has('properties', 'required', 'additionalProperties', 'patternProperties')
      ? ['object' as const]
      : []),
    ...(has('items', 'prefixItems') ? ['array' as const] : []),
  ]);
}

/**
 * Returns the set of numbers that a schema allows. Without a bound it includes integers above 2^53, which
 * lose digits but must not make the answer fail.
 */
function numbersOf(types: ReadonlySet<string>, schema: Node): Numbers {
  if (types.has('number') || !types.has('integer')) return Numbers.any;
  const { format, minimum, maximum } = schema;
  const isBound = (bound: unknown) => typeof bound === 'number' && Number.isSafeInteger(bound);
  const isSafe = /^u?int(8|16|32)$/.test(String(format)) || (isBound(minimum) && isBound(maximum));
  return isSafe ? Numbers.safeInteger : Numbers.integer;
}

/** Returns one schema for all items. That of a tuple has the schemas of its positions as alternatives. */
function itemsOf(schema: Node): JsonSchema {
  const { items, prefixItems, additionalItems, maxItems } = schema;
  const isTuple = Array.isArray(items);
  const first = isTuple ? items : asList(prefixItems);
  const rest = isTuple ? additionalItems : items;
  if (first.length === 0) return isConstraint(rest) && !isConstraint(schema['contains']) ? rest : true;
  const isClosed = rest === false || (typeof maxItems === 'number' && maxItems <= first.length);
  return anyOf([...first, ...(isClosed ? [] : [rest ?? true])]);
}
