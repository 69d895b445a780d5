import { receiptToolName, type Tool } from './tool.ts';

/** The description of a tool in `tools/list`. */
export type ToolListing = Pick<Tool, 'name' | 'description' | 'annotations' | 'inputSchema' | 'outputSchema'>;

/** The tool that reads the receipt of a write; listed with every write. */
export const receiptTool: ToolListing = {
  name: receiptToolName,
  description: 'Result of a write whose answer was lost: applied, refused, in-flight or unknown',
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
