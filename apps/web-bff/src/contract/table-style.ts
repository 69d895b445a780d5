import type { TableStyle } from '@bff/screens';
import type { ProblemType } from '@bff/service-kit';
import { apiParameters, emptyAnswer, jsonAnswer, withMeta, type JsonNode } from '@bff/shaping';
import { tenantIdPattern } from '@bff/tenancy';

const { query, header, fields, page, ifMatch, ifNoneMatch, idempotencyKey } = apiParameters;

const shape = query('shape', '`flat` answers dotted keys such as `items.0.id` instead of nested members.', {
  type: 'string',
  enum: ['nested', 'flat'],
  default: 'nested',
});
const xTenantId = header('X-Tenant-ID', 'The tenant, if you belong to several.', false, {
  type: 'string',
  pattern: tenantIdPattern,
});

const problems = [
  'bad-request',
  'invalid-fields',
  'tenant-conflict',
  'not-authenticated',
  'csrf',
  'unknown-tenant',
  'tenant-mismatch',
  'not-found',
  'not-acceptable',
  'headers-too-large',
  'internal',
  'upstream-failed',
  'unavailable',
  'upstream-timeout',
] as const satisfies readonly ProblemType[];
const writeProblems = ['conflict', 'content-too-large', 'unsupported-media-type', 'unprocessable'] as const;

const receiptProblems = [
  'tenant-conflict',
  'not-authenticated',
  'csrf',
  'unknown-tenant',
  'tenant-mismatch',
  'headers-too-large',
  'internal',
] as const;

/** Header fields of every answer to a write. */
const replayed = ['Idempotency-Replayed', 'BFF-Session'];

/** Response when the service returned no body and no screen shows the new state (F01). */
const withoutContent: Record<number, JsonNode> = {
  204: emptyAnswer('The change was made; there is no content', replayed),
};

/** Defines how the screen table is described in the OpenAPI document of web-bff. */
export const tableStyle: TableStyle = {
  prefix: '/api',
  tagOf: ({ kind }) => (kind === 'screen' ? 'Screens' : 'Writes'),
  parametersOf(entry) {
    const common = [xTenantId, fields, shape];
    if (entry.kind === 'write') return [...common, idempotencyKey, ...(entry.ifMatch ? [ifMatch] : [])];
    return [...common, ifNoneMatch, ...(entry.list === undefined ? [] : page)];
  },
  bodyTypesOf: ({ operation }) => [...new Set([operation.contentType, 'application/json'])],
  answersOf(entry, answerId): Record<number, JsonNode> {
    if (entry.kind === 'write')
      return answerId === undefined
        ? { 204: emptyAnswer('The change was made', replayed) }
        : {
            ...withoutContent,
            [entry.status]: jsonAnswer(entry.summary, answerId, [
              ...(entry.ifMatch ? ['ETag'] : []),
              ...replayed,
            ]),
          };
    return {
      200: jsonAnswer(entry.summary, answerId ?? '', [
        'ETag',
        'BFF-Degraded',
        'Server-Timing',
        'Cache-Status',
        'BFF-Session',
      ]),
      304: emptyAnswer('Not modified: `If-None-Match` has the current ETag', ['ETag', 'BFF-Session']),
    };
  },
  problemsOf(entry) {
    if (entry.kind === 'screen')
      return [
        ...problems,
        'precondition-failed',
        ...(entry.list === undefined ? [] : (['invalid-cursor'] as const)),
      ];
    const conditional = entry.ifMatch
      ? (['precondition-failed', 'precondition-required'] as const)
      : (['precondition-failed'] as const);
    return [...problems, ...writeProblems, ...conditional];
  },
  answerSchema: withMeta,
  receipts: { tag: 'Writes', parameters: [xTenantId], headers: ['BFF-Session'], problems: receiptProblems },
};
