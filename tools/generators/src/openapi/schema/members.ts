import { allOf, anyOf, isConstraint, type JsonSchema } from './combination.ts';
import { asList, asNode, type Node } from '../document.ts';

/** Rules of a schema about the members of an object. */
export interface Members {
  readonly properties: ReadonlyMap<string, JsonSchema>;
  readonly required: ReadonlySet<string>;
  /** Members that the document names, but only for the other direction. */
  readonly hidden: ReadonlySet<string>;
  /** Returns the schema of a member that is not among the properties; undefined when no rule names it. */
  readonly other: (name: string) => JsonSchema | undefined;
  /** Schema of all members that are not among the properties; false: they are forbidden. */
  readonly rest: JsonSchema;
  /**
   * Which members are kept that are not among the properties: those that a rule names (`named`), all, because
   * no rule names a member (`free`), or none.
   */
  readonly keeps: 'named' | 'free' | 'none';
}

/** Rules of a schema without any keyword about members. */
export const freeMembers: Members = {
  properties: new Map(),
  required: new Set(),
  hidden: new Set(),
  other: () => true,
  rest: true,
  keeps: 'free',
};
/** Rules of a schema that names no member and allows all. */
export const openMembers: Members = { ...freeMembers, other: () => undefined, keeps: 'none' };

/** Reads the rules of a schema. @param isHidden returns whether a member is absent in this direction */
export function membersIn(schema: Node, isHidden: (member: JsonSchema) => boolean): Members {
  const own = new Map(Object.entries(asNode(schema['properties'])));
  const patterns = Object.entries(asNode(schema['patternProperties'])).flatMap(([pattern, each]) => {
    const expected = expressionOf(pattern);
    return expected ? [[expected, each] as const] : [];
  });
  const { additionalProperties: additional } = schema;
  const hasOthers = isConstraint(additional);
  const keeps =
    hasOthers || patterns.length > 0 ? 'named' : own.size === 0 && additional !== false ? 'free' : 'none';
  const unknown = keeps === 'free' ? true : undefined;
  const matched = (name: string) =>
    patterns.filter(([pattern]) => pattern.test(name)).map(([, each]) => each);
  const other = (name: string): JsonSchema | undefined => {
    const found = matched(name);
    return found.length > 0 ? allOf(found) : hasOthers ? additional : unknown;
  };
  const required = asList(schema['required']).map(String);
  const named = [
    ...[...own].map(([name, each]) => [name, allOf([each, ...matched(name)])] as const),
    ...required.filter((name) => !own.has(name)).map((name) => [name, other(name) ?? true] as const),
  ];
  const hidden = named.map(([name]) => name).filter((name) => isHidden(own.get(name)));
  return without(hidden, {
    properties: new Map(named),
    required: new Set(required),
    hidden: new Set(),
    other,
    rest: anyOf([...patterns.map(([, each]) => each), additional ?? true]),
    keeps,
  });
}

/** Returns undefined for an expression of another regex dialect, which is then ignored. */
function expressionOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

function without(names: Iterable<string>, members: Members): Members {
  const hidden = new Set(names);
  return {
    ...members,
    properties: new Map([...members.properties].filter(([name]) => !hidden.has(name))),
    required: new Set([...members.required].filter((name) => !hidden.has(name))),
    hidden,
  };
}

const memberOf = ({ properties, other }: Members, name: string): JsonSchema | undefined =>
  properties.has(name) ? properties.get(name) : other(name);
const isThere = (schema: JsonSchema): boolean => schema !== undefined;
const namesOf = (a: Members, b: Members) => new Set([...a.properties.keys(), ...b.properties.keys()]);

/**
 * Returns the rules for values that satisfy at least one schema. A member that only one of them names has
 * that schema; a member that neither names may have any value.
 */
export function eitherMembers(a: Members, b: Members): Members {
  const combine = (name: string) => [memberOf(a, name), memberOf(b, name)].filter(isThere);
  const properties = new Map([...namesOf(a, b)].map((name) => [name, anyOf(combine(name))]));
  return {
    properties,
    required: new Set([...a.required].filter((name) => b.required.has(name))),
    hidden: new Set([...a.hidden, ...b.hidden].filter((name) => !properties.has(name))),
    other(name) {
      const found = combine(name);
      if (found.length === 0) return undefined;
      return found.length === 1 ? true : anyOf(found);
    },
    rest: anyOf([a.rest, b.rest]),
    keeps: namedOr(a.keeps === 'free' || b.keeps === 'free' ? 'free' : 'none', a, b),
  };
}

/** Returns the rules for values that satisfy both schemas. */
export function bothMembers(a: Members, b: Members): Members {
  const combine = (name: string) => [memberOf(a, name), memberOf(b, name)].filter(isThere);
  const hidden = new Set([...a.hidden, ...b.hidden]);
  return without(hidden, {
    properties: new Map([...namesOf(a, b)].map((name) => [name, allOf(combine(name))])),
    required: new Set([...a.required, ...b.required]),
    hidden,
    other: (name) => (combine(name).length > 0 ? allOf(combine(name)) : undefined),
    rest: allOf([a.rest, b.rest]),
    keeps: namedOr(a.keeps === 'free' && b.keeps === 'free' ? 'free' : 'none', a, b),
  });
}

const namedOr = (keeps: Members['keeps'], a: Members, b: Members): Members['keeps'] =>
  a.keeps === 'named' || b.keeps === 'named' ? 'named' : keeps;
