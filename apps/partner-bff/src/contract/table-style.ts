import type { AnyWrite, Entry, TableStyle } from '@bff/screens';
import type { ProblemType } from '@bff/service-kit';
import { apiParameters, emptyAnswer, inputSchema, jsonAnswer, withMeta, type JsonNode } from '@bff/shaping';
import type { z } from 'zod';
import { tagOf } from './about.ts';
import { fieldsQuery, pageQuery } from './query.ts';
import type { Version } from './versions.ts';

const { query, header, idempotencyKeySchema } = apiParameters;

/** Defines how one version of the screen table is described in the OpenAPI document. */
export const tableStyle = ({ name, deprecated }: Version): TableStyle => ({
  prefix: `/${name}`,
  version: name,
  deprecated: deprecated !== undefined,
  idOf: (id) => (deprecated ? id + name.toUpperCase() : id),
  tagOf,
  securityOf: ({ scopes }) => [{ bearer: scopes }, { dpop: scopes }],
  parametersOf: (entry) => [
    ...Object.entries(queryOf(entry).shape).map(([parameter, schema]) => queryParameter(parameter, schema)),
    ...(entry.kind === 'write' ? writeHeaders(entry) : [ifNoneMatch]),
  ],
  bodyTypesOf: ({ operation }) => [operation.contentType],
  answersOf(entry, answerId): Record<number, JsonNode> {
    const headers = answerHeaders(entry, deprecated !== undefined);
    if (answerId === undefined) return { 204: emptyAnswer('The change was made', headers) };
    if (entry.kind === 'write')
      return {
        [entry.status]: jsonAnswer(entry.summary, answerId, headers),
        204: emptyAnswer(withoutContent, headers),
      };
    return { 200: jsonAnswer(entry.summary, answerId, headers), 304: emptyAnswer(unchanged, headers) };
  },
  problemsOf: (entry) => [...problems, ...problemsOf(entry)],
  answerSchema: withMeta,
  receipts: {
    tag: 'Writes',
    parameters: [],
    headers: [...quota, ...(deprecated ? ofDeprecated : [])],
    problems: ['not-authenticated', 'forbidden', 'quota-exceeded', 'internal'],
    security: [{ bearer: [] }, { dpop: [] }],
  },
});

/** Response when the service returned no body and no screen shows the new state (F01). */
const withoutContent = 'The change was made; there is no content';

const queryOf = (entry: Entry): z.ZodObject =>
  entry.kind === 'screen' && entry.list !== undefined ? pageQuery : fieldsQuery;

function queryParameter(name: string, schema: z.ZodType): JsonNode {
  const { description, pattern, ...rest } = inputSchema(schema);
  // The schema's default is the unparsed text; the document must state the number.
  const number = { ...rest, default: Number(rest['default']) };
  return query(name, String(description), rest['type'] === 'integer' ? number : { ...rest, pattern });
}

const unchanged = 'Not modified: `If-None-Match` has the current ETag';
const ifNoneMatch = header('If-None-Match', 'The ETag of the answer that you stored.');

const writeHeaders = ({ ifMatch }: AnyWrite): JsonNode[] => [
  header(
    'Idempotency-Key',
    'A new key for each change, 1 to 255 characters; remembered for a week.',
    true,
    idempotencyKeySchema,
  ),
  ...(ifMatch ? [header('If-Match', 'The ETag of the resource to change.', true)] : []),
];

const quota = ['RateLimit-Policy', 'RateLimit'];
const ofDeprecated = ['Deprecation', 'Sunset', 'Link'];

const answerHeaders = ({ kind }: Entry, isDeprecated: boolean): string[] => [
  'ETag',
  ...quota,
  ...(isDeprecated ? ofDeprecated : []),
  ...(kind === 'write' ? ['Idempotency-Replayed'] : ['BFF-Degraded', 'Cache-Status']),
];

/** Header fields of problem responses, which all versions share, also the deprecated ones. */
export const problemHeaders = [...quota, ...ofDeprecated, 'Idempotency-Replayed'];

const problems = [
  'bad-request',
  'not-authenticated',
  'forbidden',
  'insufficient-scope',
  'not-acceptable',
  'quota-exceeded',
  'internal',
  'upstream-failed',
  'unavailable',
  'upstream-timeout',
  'not-found',
] as const satisfies readonly ProblemType[];

function problemsOf(entry: Entry): readonly ProblemType[] {
  if (entry.kind === 'screen')
    return entry.list === undefined ? ['precondition-failed'] : ['precondition-failed', 'invalid-cursor'];
  return [
    'conflict',
    'unprocessable',
    'precondition-failed',
    ...(entry.ifMatch ? (['precondition-required'] as const) : []),
    ...(entry.body ? (['content-too-large', 'unsupported-media-type'] as const) : []),
  ];
}
