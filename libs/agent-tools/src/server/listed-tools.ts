import type { Identity } from '@bff/auth-delegation';
import { receiptTool, type ToolListing } from '../declaration/receipt-tool.ts';
import type { Tool } from '../declaration/tool.ts';

/** A tool as `tools/list` returns it. */
export interface ListedTool extends Omit<ToolListing, 'inputSchema' | 'outputSchema'> {
  readonly inputSchema: { readonly type: 'object' };
  readonly outputSchema: { readonly type: 'object' };
}

/**
 * Returns every read, and the writes whose scopes the token has. The receipt tool is listed only with a
 * write, so an agent whose list lacks the receipt tool knows that it can only read.
 */
export function listedTools(tools: readonly Tool[], { scopes = [] }: Pick<Identity, 'scopes'>): ListedTool[] {
  const isRead = ({ annotations }: ToolListing): boolean => annotations.readOnlyHint;
  const granted = tools.filter(
    (tool) => isRead(tool) || tool.scopes.every((scope) => scopes.includes(scope)),
  );
  const listed: ToolListing[] = granted.every(isRead) ? granted : [...granted, receiptTool];
  return listed.map(({ name, description, inputSchema, outputSchema, annotations }) => ({
    name,
    description,
    inputSchema: inputSchema as unknown as ListedTool['inputSchema'],
    outputSchema: outputSchema as unknown as ListedTool['outputSchema'],
    annotations,
  }));
}
