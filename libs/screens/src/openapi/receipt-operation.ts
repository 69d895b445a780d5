import type { ProblemType } from '@bff/service-kit';
import { apiParameters, jsonAnswer, reference, type ApiOperation, type JsonNode } from '@bff/shaping';
import { receiptPath } from '../declaration/receipt-path.ts';

/** The parts of the receipt operation that differ between families. */
export interface ReceiptStyle {
  readonly tag: string;
  /** Parameters beside the key. */
  readonly parameters: readonly JsonNode[];
  /** Header fields of every answer, beside `Retry-After`. */
  readonly headers: readonly string[];
  readonly problems: readonly ProblemType[];
  readonly security?: readonly JsonNode[];
}

export const receiptSchemaId = 'WriteReceipt';

const stateOf = (
  state: string,
  description: string,
  properties: Readonly<Record<string, JsonNode>> = {},
): JsonNode => ({
  type: 'object',
  description,
  properties: { state: { type: 'string', const: state }, ...properties },
  required: ['state', ...Object.keys(properties)],
});

const status: JsonNode = { type: 'integer', description: 'Of the answer to the write.' };

export const receiptSchema: JsonNode = {
  oneOf: [
    stateOf('applied', 'It was made.', { status }),
    stateOf('refused', 'It was not made, and a repetition would be refused likewise.', {
      status,
      problem: reference('schemas', 'Problem'),
    }),
    stateOf('in-flight', 'It is under way: ask again.'),
  ],
};

export const receiptOperation = (id: string, prefix: string, style: ReceiptStyle): ApiOperation => ({
  id,
  method: 'get',
  path: `${prefix}${receiptPath}` as `/${string}`,
  tag: style.tag,
  summary: 'What a write came to, by its Idempotency-Key',
  description:
    'For when the answer of a write was lost. Only the writes of this client and user. Not found: nothing is known of it; it may have been made nevertheless, so repeat it with the same key.',
  parameters: [apiParameters.idempotencyKeyInPath('key'), ...style.parameters],
  answers: {
    200: jsonAnswer('What it came to', receiptSchemaId, ['Retry-After', ...style.headers]),
  },
  problems: [...new Set<ProblemType>(['bad-request', 'not-found', 'unavailable', ...style.problems])],
  ...(style.security && { security: style.security }),
});
