import { z } from 'zod';
import { reference, type JsonNode } from './json-node.ts';

/** An object of an answer. Every member is optional: the tenant's policy or `fields` may leave it out. */
export const answerObject = <Members extends z.core.$ZodShape>(members: Members) =>
  z.strictObject(members).partial();

/** The schemas that have a name in the document: all of a registry. */
export function namedSchemas(named: z.core.$ZodRegistry<{ readonly id: string }>): Record<string, JsonNode> {
  const { schemas } = z.toJSONSchema(named, {
    uri: (id) => `#/components/schemas/${id}`,
    // Clients must accept members that we add, so the document does not close what the verification closes.
    override: ({ jsonSchema }) =>
      void (jsonSchema.additionalProperties === false && delete jsonSchema.additionalProperties),
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]));
}

/** What is taken from a client, before defaults and transformations. */
export const inputSchema = (schema: z.ZodType): JsonNode =>
  bare(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));

/** Without what only a schema that stands alone needs. */
const bare = (schema: object): JsonNode =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id'));

/** The schema of an answer with its `_meta`, which is always there. */
export const withMeta = (schema: JsonNode): JsonNode => ({
  ...schema,
  properties: { ...(schema['properties'] as object | undefined), _meta: reference('schemas', 'Meta') },
  required: ['_meta'],
});
