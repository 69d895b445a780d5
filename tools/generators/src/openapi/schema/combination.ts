import { asList, asNode } from '../document.ts';

/** A JSON schema as a document has it: nothing is certain of its form. */
export type JsonSchema = unknown;

type Keyword = 'anyOf' | 'allOf';

interface Combination {
  readonly keyword: Keyword;
  /** How many combinations are inside each other. */
  readonly depth: number;
}

/** Schemas that were made here, of parts that the document has apart. */
const combinations = new WeakMap<object, Combination>();
const combinationOf = (schema: JsonSchema): Combination | undefined => combinations.get(asNode(schema));
export const isCombination = (schema: JsonSchema): boolean => combinationOf(schema) !== undefined;

/** Recursive schemas whose alternatives refer to each other would be combined without end. */
const maxDepth = 2;

/** Parts without repetitions and without combinations among them, so that a recursive schema comes back to the same one. */
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

/** Whether a schema says something of a value. */
export const isConstraint = (schema: JsonSchema): boolean =>
  Object.keys(asNode(schema)).some((name) => !name.startsWith('x-') && name !== 'description');

export function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const possible = schemas.filter((schema) => schema !== false);
  return possible.every(isConstraint) ? combined('anyOf', possible) : true;
}

export const allOf = (schemas: readonly JsonSchema[]): JsonSchema =>
  combined('allOf', schemas.filter(isConstraint));
