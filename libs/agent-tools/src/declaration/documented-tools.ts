import type { JsonNode } from '@bff/shaping';
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
      inputSchema: relocated(tool.inputSchema, `#/${extension}/${index}/inputSchema`) as JsonNode,
      outputSchema: relocated(tool.outputSchema, `#/${extension}/${index}/outputSchema`) as JsonNode,
      scopes: tools[index]?.scopes ?? [],
    })),
  };
}

/** Prepends `base` to the local references of a schema. */
function relocated(node: unknown, base: string): unknown {
  if (Array.isArray(node)) return node.map((item) => relocated(item, base));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      name === '$ref' && typeof value === 'string' ? base + value.slice(1) : relocated(value, base),
    ]),
  );
}
