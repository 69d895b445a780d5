import { callerOf, insufficientScope } from '@bff/auth-delegation';
import type { Idempotency } from '@bff/screens';
import { jsonBody, methodNotAllowed, type BodyLimits } from '@bff/shaping';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  SUPPORTED_PROTOCOL_VERSIONS,
  type Implementation,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Request, RequestHandler, Response } from 'express';
import { readReceipt } from '../call/read-receipt.ts';
import type { RunTool } from '../call/run-tool.ts';
import { userConsentOf } from '../call/user-consent.ts';
import { receiptTool } from '../declaration/receipt-tool.ts';
import type { Tool } from '../declaration/tool.ts';
import { createDirectHandler, directMessageOf, modernRevision } from './direct-messages.ts';
import { instructions } from './instructions.ts';
import { listedTools } from './listed-tools.ts';

export interface McpEndpointOptions {
  /** Name and version of the server. */
  readonly server: Implementation;
  readonly tools: readonly Tool[];
  readonly run: RunTool;
  /** Reads the receipts (stored results) of the writes in `tools`. */
  readonly receipts: Pick<Idempotency, 'receipt'>;
  readonly bodyLimits: BodyLimits;
}

/** Request and response of a message, passed through the protocol library to the handler of its call. */
interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/**
 * Creates middleware for the Model Context Protocol over HTTP: revision 2026-07-28, and the revisions of 2025
 * as far as they need no session. Requires `identifyCaller` in front. Every message is handled independently,
 * so any replica can serve it.
 */
export function mcpEndpoint(options: McpEndpointOptions): RequestHandler[] {
  const { server, tools, run, receipts, bodyLimits } = options;
  const byName = new Map(tools.map((tool) => [tool.name, tool]));

  function createServer(): McpServer {
    const mcp = new McpServer(server, {
      capabilities: { tools: {} },
      instructions,
      cacheHints,
      supportedProtocolVersions,
    });
    mcp.server.setRequestHandler('tools/list', (_, context) => ({
      tools: listedTools(tools, callerOf(exchangeOf(context).request).identity),
    }));
    mcp.server.setRequestHandler('tools/call', async ({ params }, context) => {
      const { request, response } = exchangeOf(context);
      if (params.name === receiptTool.name)
        return { ...(await readReceipt(receipts, params.arguments, request)) };
      const tool = byName.get(params.name);
      if (!tool) throw unknownTool(params.name);
      return { ...(await run(tool, params.arguments, request, response, userConsentOf(context))) };
    });
    return mcp;
  }

  const handler = createMcpHandler(createServer, {
    legacy: 'stateless',
    // Tools and instructions change only with a release, so there is nothing to subscribe to.
    maxSubscriptions: 0,
    keepAliveMs: 0,
  });
  const answer = toNodeHandler(handler);
  const serveDirect = createDirectHandler(createServer);

  /**
   * Rejects a call that lacks the scope of its tool by an HTTP error (RFC 6750, section 3.1) instead of a
   * JSON-RPC error, so that the client can request the scope from its user.
   */
  const checkScopes: RequestHandler = (request, _response, next) => {
    const { method, params } = (request.body ?? {}) as { method?: unknown; params?: { name?: unknown } };
    const tool = method === 'tools/call' ? byName.get(String(params?.name)) : undefined;
    const { scopes = [] } = callerOf(request).identity;
    const lacks = tool?.scopes.some((scope) => !scopes.includes(scope));
    next(tool && lacks ? insufficientScope(request, tool.scopes) : undefined);
  };

  const serve: RequestHandler = async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    if (Array.isArray(request.body)) return void response.status(400).json(noBatch);
    const { identity } = callerOf(request);
    const exchange: Exchange = { request, response };
    // The access token is not passed on, because no handler needs it.
    const auth = {
      token: '',
      clientId: identity.clientId ?? '',
      scopes: [...(identity.scopes ?? [])],
      extra: { ...exchange },
    };
    const direct = directMessageOf(request);
    if (direct) {
      const { status, body } = await serveDirect(direct, auth);
      response.status(status).setHeader('Content-Type', 'application/json').end(body);
    } else await answer(Object.assign(request, { auth }) as never, response, request.body);
  };

  const checkMethod: RequestHandler = (request, response, next) =>
    methods.has(request.method) ? next() : refuseMethod(request, response, next);

  return [checkMethod, jsonBody(bodyLimits), checkScopes, serve];
}

/** Methods of the transport: the library answers GET and DELETE, which need a session, with 405. */
const methods: ReadonlySet<string> = new Set(['POST', 'GET', 'DELETE']);
const refuseMethod = methodNotAllowed(['POST']);

/**
 * How long clients may cache the list of tools, in milliseconds. `private`, because the list depends on the
 * scopes of the token.
 */
const cacheHints = { 'tools/list': { ttlMs: 300_000, cacheScope: 'private' } } as const;

const supportedProtocolVersions = [...SUPPORTED_PROTOCOL_VERSIONS, modernRevision];

const exchangeOf = ({ http }: ServerContext): Exchange => http?.authInfo?.extra as unknown as Exchange;

const unknownTool = (name: string): ProtocolError =>
  new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `There is no tool "${name.slice(0, 128)}". Call tools/list.`,
  );

/** The answer to a batch of messages: the revision of 2025-06-18 removed batches from the protocol. */
const noBatch = {
  jsonrpc: '2.0',
  id: null,
  error: { code: -32600, message: 'Batches are not served. Send each message in a request of its own.' },
};
