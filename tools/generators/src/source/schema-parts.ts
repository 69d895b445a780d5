import { asList, asNode } from '../openapi/document.ts';
import { isCombination, type JsonSchema } from '../openapi/schema/json-schema.ts';
import { camel } from './names.ts';

const structural = [
  '$ref', 'type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'patternProperties', 'items',
  'prefixItems', 'contains', 'allOf', 'oneOf', 'anyOf', 'then', 'else', 'dependentSchemas', 'unevaluatedProperties',
]; // prettier-ignore

/** The part that a schema is but for null: of `allOf` with one part, or of two alternatives one of which is null. */
export function onlyPart(schema: JsonSchema): { readonly part: JsonSchema; readonly isNullable: boolean } | undefined {
  const node = asNode(schema);
  const [keyword, ...more] = structural.filter((name) => node[name] !== undefined);
  if (keyword === undefined || more.length > 0) return undefined;
  if (keyword === '$ref')
    return Object.keys(node).length > 1 ? { part: { $ref: node['$ref'] }, isNullable: node['nullable'] === true } : undefined; // prettier-ignore
  if (!keyword.endsWith('Of') || !Array.isArray(node[keyword])) return undefined;
  const all = node[keyword] as readonly JsonSchema[];
  const others = all.filter((each) => asNode(each)['type'] !== 'null');
  const isNullable = node['nullable'] === true || (keyword !== 'allOf' && others.length < all.length);
  return others.length === 1 ? { part: others[0], isNullable } : undefined;
} // prettier-ignore

/** The parts of what becomes a constant: a reference, or a combination of which one is. */
export function referencesIn(schema: JsonSchema): readonly string[] {
  const { $ref, anyOf, allOf } = asNode(schema);
  if (typeof $ref === 'string') return [$ref];
  return isCombination(schema) ? asList(anyOf ?? allOf).flatMap((part) => referencesIn(part)) : [];
}

export function nameOf(references: readonly string[]): string {
  const words = references.map((each) => each.split('/').at(-1) ?? '');
  const name = camel(words.join(' or ').slice(0, 60));
  return /^[a-z]/.test(name) ? name : `item${name}`;
}
