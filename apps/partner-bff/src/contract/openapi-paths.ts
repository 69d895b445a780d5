import { problemTypes, type ProblemType } from '@bff/service-kit';
import { z } from 'zod';
import { bare, problemResponse, reference, type JsonNode } from './openapi-node.ts';
import { operations, sharedProblems, writeProblems, type Operation } from './operations.ts';
import { type ResourceName } from './resource.ts';
import { versions, type Version } from './versions.ts';

const nameOf = (id: string, { deprecated, name }: Version): string =>
  deprecated ? id + name.toUpperCase() : id;
export const answerId = (version: Version, resource: ResourceName): string =>
  nameOf(`${resource.charAt(0).toUpperCase()}${resource.slice(1)}Answer`, version);

/** Every operation of every version. */
export function pathItems(): JsonNode {
  const items: Record<string, Record<string, JsonNode>> = {};
  for (const version of versions)
    for (const [id, operation] of Object.entries<Operation>(operations))
      (items[`/${version.name}${operation.path}`] ??= {})[operation.method] = operationItem(version, id, operation); // prettier-ignore
  return items;
}

function operationItem(version: Version, id: string, operation: Operation): JsonNode {
  const { summary, tag, write, path, query, resource, scopes, problems } = operation;
  const body = write?.body;
  return {
    operationId: nameOf(id, version),
    summary,
    tags: [tag],
    security: [{ bearer: scopes }, { dpop: scopes }],
    ...(version.deprecated && { deprecated: true }),
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...Object.entries(query.shape).map(([name, schema]) => queryParameter(name, schema as z.ZodType)),
      ...(write ? [] : [ifNoneMatch]),
      ...headerParameters(write),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { [body.type]: { schema: bare(z.toJSONSchema(body.schema, { io: 'input' })) } },
      },
    }),
    responses: {
      200: {
        description: summary,
        headers: answerHeaders(version, operation),
        content: { 'application/json': { schema: reference('schemas', answerId(version, resource)) } },
      },
      ...(write ? {} : { 304: { description: 'You have it already: `If-None-Match` names its ETag' } }),
      ...problemResponses([...sharedProblems, ...problems, ...(write ? writeProblems(write) : [])]),
    },
  };
}

function queryParameter(name: string, schema: z.ZodType): JsonNode {
  const { description, pattern, ...rest } = bare(z.toJSONSchema(schema, { io: 'input' }));
  return { name, in: 'query', required: false, description, schema: rest['type'] === 'integer' ? rest : { ...rest, pattern } }; // prettier-ignore
}

const ifNoneMatch: JsonNode = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The ETag of the answer that you have.',
  schema: { type: 'string' },
};

function headerParameters(write: Operation['write']): JsonNode[] {
  if (!write) return [];
  const required = (name: string, description: string): JsonNode => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  });
  return [
    required('Idempotency-Key', 'A new one for each change, 1 to 255 characters; kept for 24 hours.'),
    ...(write.ifMatch ? [required('If-Match', 'The ETag of what you change.')] : []),
  ];
}

function answerHeaders({ deprecated }: Version, { write }: Operation): JsonNode {
  const names = [
    'ETag',
    'RateLimit-Policy',
    'RateLimit',
    ...(deprecated ? ['Deprecation', 'Sunset'] : []),
    ...(write ? ['Idempotency-Replayed'] : []),
  ];
  return Object.fromEntries(names.map((name) => [name, reference('headers', name)]));
}

/** Types of one status share its response: each is named in its text. */
function problemResponses(types: readonly ProblemType[]): JsonNode {
  const byStatus = Map.groupBy(new Set(types), (type) => problemTypes[type][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, [type, ...others]]) => [
      status,
      others.length === 0
        ? reference('responses', type as string)
        : problemResponse(status, [type, ...others].map((each) => problemTypes[each as ProblemType][1]).join(', or ')), // prettier-ignore
    ]),
  );
}
