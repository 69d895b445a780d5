/** An OpenAPI 3.1 document, or part of it. */
export type JsonNode = { readonly [member: string]: unknown };

export const reference = (kind: 'schemas' | 'responses' | 'headers', name: string): JsonNode => ({
  $ref: `#/components/${kind}/${name}`,
});
