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

const status: JsonNode = { type: 'integer', description: 'Status of the answer to the write.' };

export const receiptSchema: JsonNode = {
  oneOf: [
    stateOf('applied', 'The write was made.', { status }),
    stateOf('refused', 'The write was refused, and repeating it would be refused again.', {
      status,
      problem: reference('schemas', 'Problem'),
    }),
    stateOf('in-flight', 'The write is in progress: read this again after `Retry-After`.'),
  ],
};

export const receiptOperation = (id: string, prefix: string, style: ReceiptStyle): ApiOperation => ({
  id,
  method: 'get',
  path: `${prefix}${receiptPath}` as `/${string}`,
  tag: style.tag,
  summary: 'Result of a write, by its Idempotency-Key',
  description:
    'For a client that lost the answer of a write. Finds only writes of the same client and user. 404: there is no record of the write, although it may have been made; repeat it with the same key.',
  parameters: [apiParameters.idempotencyKeyInPath('key'), ...style.parameters],
  answers: {
    200: jsonAnswer('The result of the write', receiptSchemaId, ['Retry-After', ...style.headers]),
  },
  problems: [...new Set<ProblemType>(['bad-request', 'not-found', 'unavailable', ...style.problems])],
  ...(style.security && { security: style.security }),
});
