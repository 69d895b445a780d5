import {
  apiParameters,
  emptyAnswer,
  inputSchema,
  jsonAnswer,
  type ApiOperation,
  type JsonNode,
} from '@bff/shaping';
import { type z } from 'zod';
import { operations, sharedProblems, writeProblems, type Operation } from './operations.ts';
import { type ResourceName } from './resource.ts';
import { versions, type Version } from './versions.ts';

const { query, header } = apiParameters;

const nameOf = (id: string, { deprecated, name }: Version): string =>
  deprecated ? id + name.toUpperCase() : id;
export const answerId = (version: Version, resource: ResourceName): string =>
  nameOf(`${resource.charAt(0).toUpperCase()}${resource.slice(1)}Answer`, version);

/** Every operation of every version. */
export const apiOperations = (): ApiOperation[] =>
  versions.flatMap((version) =>
    Object.entries<Operation>(operations).map(([id, operation]) => inVersion(version, id, operation)),
  );

function inVersion(version: Version, id: string, operation: Operation): ApiOperation {
  const { method, path, tag, summary, scopes, write } = operation;
  const body = write?.body;
  const answer = jsonAnswer(
    summary,
    answerId(version, operation.resource),
    answerHeaders(version, operation),
  );
  return {
    id: nameOf(id, version),
    method,
    path: `/${version.name}${path}`,
    tag,
    summary,
    security: [{ bearer: scopes }, { dpop: scopes }],
    deprecated: version.deprecated !== undefined,
    parameters: [
      ...Object.entries(operation.query.shape).map(([name, schema]) =>
        queryParameter(name, schema as z.ZodType),
      ),
      ...(write ? writeHeaders(write) : [ifNoneMatch]),
    ],
    ...(body && { body: { [body.type]: inputSchema(body.schema) } }),
    answers: write ? { 200: answer } : { 200: answer, 304: unchanged },
    problems: [...sharedProblems, ...operation.problems, ...(write ? writeProblems(write) : [])],
  };
}

function queryParameter(name: string, schema: z.ZodType): JsonNode {
  const { description, pattern, ...rest } = inputSchema(schema);
  return query(name, String(description), rest['type'] === 'integer' ? rest : { ...rest, pattern });
}

const unchanged = emptyAnswer('You have it already: `If-None-Match` names its ETag');
const ifNoneMatch = header('If-None-Match', 'The ETag of the answer that you have.');

const writeHeaders = ({ ifMatch }: NonNullable<Operation['write']>): JsonNode[] => [
  header('Idempotency-Key', 'A new one for each change, 1 to 255 characters; kept for 24 hours.', true),
  ...(ifMatch ? [header('If-Match', 'The ETag of what you change.', true)] : []),
];

const answerHeaders = ({ deprecated }: Version, { write }: Operation): string[] => [
  'ETag',
  'RateLimit-Policy',
  'RateLimit',
  ...(deprecated ? ['Deprecation', 'Sunset'] : []),
  ...(write ? ['Idempotency-Replayed'] : []),
];
