import type { TableStyle } from '@bff/screens';
import type { ProblemType } from '@bff/service-kit';
import {
  apiParameters,
  emptyAnswer,
  headersOf,
  jsonAnswer,
  reference,
  withMeta,
  type JsonNode,
} from '@bff/shaping';
import { tenantIdPattern } from '@bff/tenancy';

const { header, fields, page, ifMatch, idempotencyKey } = apiParameters;

const xTenantId = header('X-Tenant-ID', 'The tenant, if you belong to several.', false, {
  type: 'string',
  pattern: tenantIdPattern,
});
const aIm = header('A-IM', '`json-patch` accepts a 226 with a patch (RFC 3229).');
const bases = header(
  'If-None-Match',
  'ETags of the answers that you stored; a patch applies to one of them.',
);

const problems = [
  'bad-request',
  'invalid-fields',
  'tenant-conflict',
  'not-authenticated',
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
  'unknown-tenant',
  'tenant-mismatch',
  'headers-too-large',
  'internal',
] as const;

/** Header fields of every answer to a write. */
const replayed = ['Idempotency-Replayed'];

/** Response when the service returned no body and no screen shows the new state (F01). */
const withoutContent: Record<number, JsonNode> = {
  204: emptyAnswer('The change was made; there is no content', replayed),
};

/** Defines how the screen table is described in the OpenAPI document of mobile-bff. */
export const tableStyle: TableStyle = {
  prefix: '/api',
  tagOf: ({ kind }) => (kind === 'screen' ? 'Screens' : 'Writes'),
  parametersOf(entry) {
    const common = [xTenantId, fields];
    if (entry.kind === 'write') return [...common, idempotencyKey, ...(entry.ifMatch ? [ifMatch] : [])];
    return [...common, aIm, bases, ...(entry.list === undefined ? [] : page)];
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
        'Cache-Status',
        'Sync-Keep',
        'Sync-Reset',
      ]),
      226: {
        description: 'A patch of the answer whose ETag is in `Delta-Base`',
        ...headersOf([
          'ETag',
          'IM',
          'Delta-Base',
          'Sync-Digest',
          'Sync-Keep',
          'BFF-Degraded',
          'Cache-Status',
        ]),
        content: { 'application/json-patch+json': { schema: reference('schemas', 'JsonPatch') } },
      },
      304: emptyAnswer('You have it already: `If-None-Match` names its ETag', ['ETag']),
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
  receipts: { tag: 'Writes', parameters: [xTenantId], headers: [], problems: receiptProblems },
};
