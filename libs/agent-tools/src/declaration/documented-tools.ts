import { mapReferences, type JsonNode } from '@bff/shaping';
import { listedTools } from '../server/listed-tools.ts';
import type { Tool } from './tool.ts';

/** Member of an OpenAPI document that lists the tools. */
const extension = 'x-tools';

/**
 * Returns the tools for an OpenAPI document, with their scopes. The references in each schema are relative to
 * that document, whereas `tools/list` sends each schema alone.
 * @example { ...describeApi(api), ...documentedTools(tools) }
 */
export function documentedTools(tools: readonly Tool[]): { readonly [extension]: readonly JsonNode[] } {
  const listed = listedTools(tools, { scopes: tools.flatMap(({ scopes }) => scopes) });
  return {
    [extension]: listed.map((tool, index) => ({
      ...tool,
      inputSchema: mapReferences({ ...tool.inputSchema }, toDocument(index, 'inputSchema')),
      outputSchema: mapReferences({ ...tool.outputSchema }, toDocument(index, 'outputSchema')),
      scopes: tools[index]?.scopes ?? [],
    })),
  };
}

/** Returns a function that makes the references in a schema of a tool relative to the document. */
const toDocument = (index: number, schema: string) => (reference: string) =>
  `#/${extension}/${index}/${schema}${reference.slice(1)}`;
