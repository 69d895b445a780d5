import { asList, asNode } from '../openapi/document.ts';
import { isCombination, type JsonSchema } from '../openapi/schema/json-schema.ts';
import { camel } from './names.ts';

/** Returns the references of which a combination consists. */
export function referencesIn(schema: JsonSchema): readonly string[] {
  if (!isCombination(schema)) return [];
  const { anyOf, allOf } = asNode(schema);
  return asList(anyOf ?? allOf).flatMap((part) => {
    const { $ref } = asNode(part);
    return typeof $ref === 'string' ? [$ref] : referencesIn(part);
  });
}

/** Names that zod generates when it writes a JSON schema. */
const isNumbered = /^__schema\d+$/;

/** Returns the name of a constant: derived from its references, otherwise the wanted one. */
export function nameOf(references: readonly string[], wanted: string): string {
  const words = references
    .map((each) => each.split('/').at(-1) ?? '')
    .filter((each) => !isNumbered.test(each));
  const name = camel((words.length > 0 ? words.join(' or ') : wanted).slice(0, 60));
  return /^[a-z]/.test(name) ? name : `item${name}`;
}
