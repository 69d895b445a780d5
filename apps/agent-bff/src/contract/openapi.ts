import { documentedTools } from '@bff/agent-tools';
import { signalsApi } from '@bff/screens';
import { describeApi, emptyAnswer, jsonAnswer, type ApiOperation, type JsonNode } from '@bff/shaping';
import { endpointPath } from '../endpoint.ts';
import { tools } from '../tools.ts';
import { about } from './about.ts';

const quota = ['RateLimit-Policy', 'RateLimit'];

const response = jsonAnswer(
  'The JSON-RPC response; a failed call has `isError: true`',
  'JsonRpcResponse',
  quota,
);
/** A client of 2025 gets the responses to some messages as an event stream. */
const eventStream = { 'text/event-stream': {} };

const endpoint: ApiOperation = {
  id: 'sendMessage',
  method: 'post',
  path: endpointPath,
  tag: 'Tools',
  summary: 'Send a message of the Model Context Protocol (JSON-RPC 2.0)',
  description: 'The tools that a message can call are listed in `x-tools` of this document.',
  security: [{ bearer: [] }, { dpop: [] }],
  body: {
    'application/json': {
      type: 'object',
      required: ['jsonrpc', 'method'],
      properties: {
        jsonrpc: { const: '2.0' },
        id: { type: ['string', 'integer'] },
        method: { type: 'string' },
        params: { type: 'object' },
      },
      additionalProperties: false,
    },
  },
  answers: {
    200: { ...response, content: { ...(response['content'] as object), ...eventStream } },
    202: emptyAnswer('The message was accepted and needs no response', quota),
    400: jsonAnswer('A JSON-RPC error: the message is not valid', 'JsonRpcResponse', quota),
    406: jsonAnswer('A JSON-RPC error: Accept must list application/json and text/event-stream', 'JsonRpcResponse', quota),
    415: jsonAnswer('A JSON-RPC error: the content type is not application/json', 'JsonRpcResponse', quota),
  },
  problems: [
    'bad-request', 'not-authenticated', 'forbidden', 'insufficient-scope', 'not-acceptable', 'content-too-large',
    'unsupported-media-type', 'quota-exceeded', 'internal', 'unavailable',
  ],
}; // prettier-ignore

const metadata: ApiOperation = {
  id: 'readResourceMetadata',
  method: 'get',
  path: `/.well-known/oauth-protected-resource${endpointPath}`,
  tag: 'Tools',
  summary: 'Read the protected resource metadata: where to get an access token (RFC 9728)',
  security: [],
  answers: { 200: jsonAnswer('The metadata', 'ResourceMetadata', []) },
  problems: [],
};

/** Creates the OpenAPI 3.1 document: the HTTP operations, and every tool in `x-tools`. */
export function openApiDocument(): JsonNode {
  return {
    ...describeApi({
      info: { ...about, description: guide },
      tags: { Tools: 'For agents', ...signalsApi.tags },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'at+jwt',
          description:
            'RFC 9068 access token whose audience is the URL of this endpoint (RFC 8707), issued to an agent for a user.',
        },
        dpop: {
          type: 'http',
          scheme: 'dpop',
          description: 'The same access token, bound to a proof key (DPoP, RFC 9449).',
        },
        ...signalsApi.securitySchemes,
      },
      operations: [endpoint, metadata, ...signalsApi.operations],
      headers: { ...headers, ...signalsApi.headers },
      problemHeaders: quota,
      schemas: {
        JsonRpcResponse: { type: 'object' },
        ResourceMetadata: { type: 'object' },
        ...signalsApi.schemas,
      },
    }),
    ...documentedTools(tools),
  };
}

const guide =
  'One endpoint for the Model Context Protocol over Streamable HTTP, without sessions. Connect an MCP client; it writes the requests.';

const text = (description: string): JsonNode => ({ description, schema: { type: 'string' } });

const headers: Readonly<Record<string, JsonNode>> = {
  'RateLimit-Policy': text('`"burst";q=100;w=60`: quota and window in seconds.'),
  RateLimit: text('`"burst";r=50;t=30`: remaining requests, and seconds until the window ends.'),
};
