import { z } from 'zod';
import { reference, type JsonNode } from './json-node.ts';

/**
 * Declares an object of an answer. Every member is optional, because the tenant's policy or `fields` may
 * remove it.
 */
export const answerObject = <Members extends z.core.$ZodShape>(members: Members) =>
  z.strictObject(members).partial();

/** Returns the schemas of a registry by their names in the document. */
export function namedSchemas(named: z.core.$ZodRegistry<{ readonly id: string }>): Record<string, JsonNode> {
  const { schemas } = z.toJSONSchema(named, {
    uri: (id) => `#/components/schemas/${id}`,
    // Clients must accept members that are added later, so the document allows unknown members. Only our own
    // validation of answers rejects them.
    override: ({ jsonSchema }) =>
      void (jsonSchema.additionalProperties === false && delete jsonSchema.additionalProperties),
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]));
}

/** Returns the schema of a client's input, before defaults and transformations. */
export const inputSchema = (schema: z.ZodType): JsonNode =>
  bare(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));

/** Removes the keywords that only a standalone schema needs. */
const bare = (schema: object): JsonNode =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id'));

/** Returns the schema of an answer with its required `_meta`. */
export const withMeta = (schema: JsonNode): JsonNode => ({
  ...schema,
  properties: { ...(schema['properties'] as object | undefined), _meta: reference('schemas', 'Meta') },
  required: ['_meta'],
});
