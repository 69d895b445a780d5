import { reference, type JsonNode } from './json-node.ts';

/** Returns the description of a JSON answer with a named schema and these header fields. */
export const jsonAnswer = (
  description: string,
  schema: string,
  headers: readonly string[] = [],
): JsonNode => ({
  description,
  ...headersOf(headers),
  content: { 'application/json': { schema: reference('schemas', schema) } },
});

/** Returns the description of an answer without a body. */
export const emptyAnswer = (description: string, headers: readonly string[] = []): JsonNode => ({
  description,
  ...headersOf(headers),
});

export const headersOf = (names: readonly string[]): JsonNode =>
  names.length === 0
    ? {}
    : { headers: Object.fromEntries(names.map((name) => [name, reference('headers', name)])) };
