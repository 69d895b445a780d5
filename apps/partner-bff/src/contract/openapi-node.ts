/** An OpenAPI 3.1 document, or a part of it. */
export type JsonNode = { readonly [member: string]: unknown };

export const reference = (kind: string, name: string): JsonNode => ({ $ref: `#/components/${kind}/${name}` });

const retryable = new Set([409, 429, 503, 504]);

export const problemResponse = (status: number, description: string): JsonNode => ({
  description,
  ...(retryable.has(status) && { headers: { 'Retry-After': reference('headers', 'Retry-After') } }),
  content: { 'application/problem+json': { schema: reference('schemas', 'Problem') } },
});

/** Without what only a schema that stands alone needs. */
export function bare(schema: object): JsonNode {
  const entries = Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id');
  return Object.fromEntries(entries);
}
