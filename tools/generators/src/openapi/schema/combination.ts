import { asList, asNode } from '../document.ts';

/** A JSON schema from a document, which may have any structure. */
export type JsonSchema = unknown;

type Keyword = 'anyOf' | 'allOf';

interface Combination {
  readonly keyword: Keyword;
  /** Nesting depth of combinations. */
  readonly depth: number;
}

/** Schemas that this module created by combining separate parts of the document. */
const combinations = new WeakMap<object, Combination>();
const combinationOf = (schema: JsonSchema): Combination | undefined => combinations.get(asNode(schema));
export const isCombination = (schema: JsonSchema): boolean => combinationOf(schema) !== undefined;

/**
 * Maximum nesting depth: recursive schemas whose alternatives refer to each other would be combined
 * endlessly.
 */
const maxDepth = 2;

/**
 * Combines schemas. Flattens nested combinations and removes duplicates. If all schemas are equal, returns
 * one of the given objects instead of a new one, so that a recursive schema leads back to a known object.
 */
function combined(keyword: Keyword, schemas: readonly JsonSchema[]): JsonSchema {
  const flat = schemas.flatMap((schema) =>
    combinationOf(schema)?.keyword === keyword ? asList(asNode(schema)[keyword]) : [schema],
  );
  const unique = [...new Map(flat.map((schema) => [JSON.stringify(schema), schema])).values()];
  if (unique.length < 2) return unique[0] ?? true;
  const depth = 1 + Math.max(...unique.map((schema) => combinationOf(schema)?.depth ?? 0));
  if (depth > maxDepth) return true;
  const combination = { [keyword]: unique };
  combinations.set(combination, { keyword, depth });
  return combination;
}

/** Returns whether a schema restricts values. */
export const isConstraint = (schema: JsonSchema): boolean =>
  Object.keys(asNode(schema)).some((name) => !name.startsWith('x-') && name !== 'description');

export function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const possible = schemas.filter((schema) => schema !== false);
  return possible.every(isConstraint) ? combined('anyOf', possible) : true;
}

export const allOf = (schemas: readonly JsonSchema[]): JsonSchema =>
  combined('allOf', schemas.filter(isConstraint));
