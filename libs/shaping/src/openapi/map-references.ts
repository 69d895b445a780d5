import type { JsonNode } from './json-node.ts';

/**
 * Returns a copy of a JSON schema in which `change` has replaced every `$ref`.
 * @example mapReferences(schema, (reference) => reference.replace('#/$defs/', '#/components/schemas/'))
 */
export const mapReferences = (schema: JsonNode, change: (reference: string) => string): JsonNode =>
  mapped(schema, change) as JsonNode;

function mapped(node: unknown, change: (reference: string) => string): unknown {
  if (Array.isArray(node)) return node.map((item) => mapped(item, change));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      name === '$ref' && typeof value === 'string' ? change(value) : mapped(value, change),
    ]),
  );
}
