import { type Identity } from '@bff/auth-delegation';
import { type Tool } from '../declaration/tool.ts';

/** What `tools/list` says of a tool. */
export interface ListedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly type: 'object' };
  readonly outputSchema: { readonly type: 'object' };
  readonly annotations: Tool['annotations'];
}

/** Every read, and the writes that the token was granted: a list that has none says that this agent only reads. */
export const listedTools = (
  tools: readonly Tool[],
  { scopes = [] }: Pick<Identity, 'scopes'>,
): ListedTool[] =>
  tools
    .filter((tool) => tool.annotations.readOnlyHint || tool.scopes.every((scope) => scopes.includes(scope)))
    .map(({ name, description, inputSchema, outputSchema, annotations }) => ({
      name,
      description,
      inputSchema: inputSchema as unknown as ListedTool['inputSchema'],
      outputSchema: outputSchema as unknown as ListedTool['outputSchema'],
      annotations,
    }));
