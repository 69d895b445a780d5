import type { Row } from '@bff/screens';
import type { JsonNode } from '@bff/shaping';
import { z } from 'zod';

/** Default number of items per page: enough to choose from, and few tokens. */
export const defaultLimit = 10;
const maxLimit = 50;

const text = z.string().min(1).max(2_048);

/** Arguments of every screen. The server's instructions explain them once for all tools. */
const ofScreen = {
  fields: text.optional().meta({ description: 'Members to show: a,b[*].c' }),
  since: z.string().max(128).optional().meta({ description: '_meta.version of your last result' }),
};
const ofPage = { limit: z.int().min(1).max(maxLimit).optional(), cursor: text.optional() };
const ofWrite = { idempotency_key: z.string().min(1).max(255).optional() };

/**
 * Returns the schema of a tool's arguments: the parameters of its path, and the arguments that every screen
 * or every write has.
 */
export function inputOf({ parameters, entry, method }: Row): z.ZodObject {
  const path = Object.fromEntries(parameters.map((name) => [name, z.string().min(1)]));
  if (entry.kind === 'screen')
    return z.strictObject({ ...path, ...(entry.list !== undefined && ofPage), ...ofScreen });
  return z.strictObject({
    ...path,
    ...(entry.body && { body: entry.body }),
    ...(entry.ifMatch && { version: text }),
    ...ofWrite,
    ...(method === 'DELETE' && { confirm: text.optional() }),
  });
}

/**
 * Removes bounds from the published schema to save tokens. The arguments of a call are validated against the
 * complete schema.
 */
function withoutBounds({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.propertyNames;
  delete jsonSchema.minLength;
  delete jsonSchema.maxLength;
}

/** Returns the JSON Schema of a tool's arguments in few bytes. */
export function inputSchemaOf(input: z.ZodObject): JsonNode {
  const schema = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
    override: withoutBounds,
  }) as Record<string, unknown>;
  delete schema['$schema'];
  return schema;
}
