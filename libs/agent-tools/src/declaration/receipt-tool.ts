import { receiptToolName, type Tool } from './tool.ts';

/** What `tools/list` says of a tool. */
export type ToolListing = Pick<Tool, 'name' | 'description' | 'annotations' | 'inputSchema' | 'outputSchema'>;

/** The tool that reads what a write came to; listed where a write is. */
export const receiptTool: ToolListing = {
  name: receiptToolName,
  description: 'What a write came to, when its result was lost: applied, refused, in-flight or unknown',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  inputSchema: {
    type: 'object',
    properties: { idempotency_key: { type: 'string' } },
    required: ['idempotency_key'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: { state: { type: 'string' }, reason: { type: 'string' }, _meta: { type: 'object' } },
    required: ['state', '_meta'],
  },
};
