import { asList, asNode } from '../openapi/document.ts';
import { isCombination, type JsonSchema } from '../openapi/schema/json-schema.ts';
import { camel } from './names.ts';

/** The references of which a combination is made. */
export function referencesIn(schema: JsonSchema): readonly string[] {
  if (!isCombination(schema)) return [];
  const { anyOf, allOf } = asNode(schema);
  return asList(anyOf ?? allOf).flatMap((part) => {
    const { $ref } = asNode(part);
    return typeof $ref === 'string' ? [$ref] : referencesIn(part);
  });
}

/** Of what zod names when it writes a JSON schema. */
const isNumbered = /^__schema\d+$/;

/** The name of a constant: of what it was made of, or else as is wanted. */
export function nameOf(references: readonly string[], wanted: string): string {
  const words = references
    .map((each) => each.split('/').at(-1) ?? '')
    .filter((each) => !isNumbered.test(each));
  const name = camel((words.length > 0 ? words.join(' or ') : wanted).slice(0, 60));
  return /^[a-z]/.test(name) ? name : `item${name}`;
}
