import { problemTypes, type ProblemType } from '@bff/service-kit';
import { maxIdLength } from '../request/resource-id.ts';
import { reference, type JsonNode } from './json-node.ts';
import { withModificationDates } from './modification-dates.ts';
import { problemResponse, sharedHeaders, sharedResponses, sharedSchemas } from './shared-components.ts';

/** One operation of an API. */
export interface ApiOperation {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI path template: each `{name}` is a parameter. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /**
   * Parameters in addition to those of the path, which are derived from it. A path parameter in this list
   * replaces the derived one of that name.
   */
  readonly parameters?: readonly JsonNode[];
  /** Schemas by media type. The body is required. */
  readonly body?: Readonly<Record<string, JsonNode>>;
  /** Answers by status; problem answers are derived from `problems`. */
  readonly answers: Readonly<Record<number, JsonNode>>;
  readonly problems: readonly ProblemType[];
  /** Security requirements of the operation. Default: those of the document. */
  readonly security?: readonly JsonNode[];
  readonly deprecated?: boolean;
}

export interface ApiDescription {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly summary: string;
    readonly description: string;
  };
  readonly tags: Readonly<Record<string, string>>;
  /** Security requirements of operations that declare none. */
  readonly security?: readonly JsonNode[];
  readonly securitySchemes: JsonNode;
  readonly operations: readonly ApiOperation[];
  /**
   * Header fields by name. Those of the sender and the problem handler are predefined, and can be overridden.
   */
  readonly headers?: Readonly<Record<string, JsonNode>>;
  /** Names of header fields that every problem may have. Default: only those of its status. */
  readonly problemHeaders?: readonly string[];
  /** Schemas by name. `Meta` and `Problem` are predefined, and can be overridden. */
  readonly schemas: Readonly<Record<string, JsonNode>>;
}

/**
 * Creates the OpenAPI 3.1 document from its arguments only, so that all processes of a release serve the same
 * document.
 */
export function describeApi(api: ApiDescription): JsonNode {
  const { problemHeaders = [] } = api;
  const paths: Record<string, Record<string, JsonNode>> = {};
  for (const operation of api.operations)
    (paths[operation.path] ??= {})[operation.method] = operationItem(
      withModificationDates(operation),
      problemHeaders,
    );
  const responses = usedIn(JSON.stringify(paths), 'responses', sharedResponses(problemHeaders));
  const text = JSON.stringify([paths, responses]);
  const all = text + JSON.stringify(api.schemas);
  return {
    openapi: '3.1.0',
    info: { ...api.info, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'The origin that served this document' }],
    ...(api.security && { security: api.security }),
    tags: Object.entries(api.tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: api.securitySchemes,
      headers: usedIn(text, 'headers', { ...sharedHeaders, ...api.headers }),
      responses,
      schemas: Object.fromEntries(
        Object.entries({ ...usedIn(all, 'schemas', sharedSchemas), ...api.schemas }).sort(byName),
      ),
    },
  };
}

function operationItem(
  { id, path, tag, summary, parameters = [], ...operation }: ApiOperation,
  problemHeaders: readonly string[],
): JsonNode {
  return {
    operationId: id,
    summary,
    ...(operation.description !== undefined && { description: operation.description }),
    tags: [tag],
    ...(operation.security && { security: operation.security }),
    ...(operation.deprecated && { deprecated: true }),
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)]
        .filter(([, name]) => !parameters.some((each) => each['in'] === 'path' && each['name'] === name))
        .map(([, name]) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string', minLength: 1, maxLength: maxIdLength },
        })),
      ...parameters,
    ],
    ...(operation.body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          Object.entries(operation.body).map(([type, schema]) => [type, { schema }]),
        ),
      },
    }),
    responses: joined(
      operation.answers,
      problemResponses([...operation.problems, ...everywhere], problemHeaders),
      problemHeaders,
    ),
  };
}

/** Combines an answer with a problem of the same status: a client distinguishes them by media type. */
function joined(
  answers: Readonly<Record<number, JsonNode>>,
  problems: JsonNode,
  problemHeaders: readonly string[],
): JsonNode {
  const all: Record<string, unknown> = { ...problems, ...answers };
  for (const [status, answer] of Object.entries(answers)) {
    if (problems[status] === undefined || answer['content'] === undefined) continue;
    const problem = problemResponse(Number(status), '', problemHeaders);
    all[status] = {
      ...answer,
      headers: {
        ...(problem['headers'] as object | undefined),
        ...(answer['headers'] as object | undefined),
      },
      content: { ...(answer['content'] as object), ...(problem['content'] as object) },
    };
  }
  return all;
}

/** Problems that the server may send before it has determined the operation. */
const everywhere = [
  'bad-request',
  'method-not-allowed',
  'request-timeout',
  'uri-too-long',
  'expectation-failed',
  'headers-too-large',
  'overloaded',
] as const;

/** Problem types of one status share a response, whose description names each of them. */
function problemResponses(types: readonly ProblemType[], headers: readonly string[]): JsonNode {
  const byStatus = Map.groupBy(new Set(types), (type) => problemTypes[type][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, there]) => {
      const [only, ...others] = there as [ProblemType, ...ProblemType[]];
      const titles = there.map((type) => problemTypes[type][1]).join(', or ');
      return [
        status,
        others.length > 0 ? problemResponse(status, titles, headers) : reference('responses', only),
      ];
    }),
  );
}

const usedIn = (text: string, kind: string, all: Readonly<Record<string, JsonNode>>) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => text.includes(`"#/components/${kind}/${name}"`)));

const byName = ([one]: [string, unknown], [other]: [string, unknown]): number => (one < other ? -1 : 1);
