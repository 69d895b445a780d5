import {
  classifyInboundRequest,
  isJsonContentType,
  PerRequestHTTPServerTransport,
  ProtocolErrorCode,
  SUPPORTED_PROTOCOL_VERSIONS,
  type AuthInfo,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type McpServer,
  type MessageClassification,
  type MessageExtraInfo,
} from '@modelcontextprotocol/server';
import type { Request } from 'express';

/** A message whose request passed every check that could reject it with an HTTP status. */
export interface DirectMessage {
  readonly message: JSONRPCRequest;
  readonly classification: MessageClassification;
}

/** Status and JSON text of a response. */
export interface DirectAnswer {
  readonly status: number;
  readonly body: string;
}

export const modernRevision = '2026-07-28';
const methods = new Set(['tools/list', 'tools/call']);

/**
 * Returns the message of a `tools/list` or `tools/call` request whose header fields are those that its
 * protocol revision requires. Returns undefined for every other request: the library's own handler serves or
 * rejects it.
 */
export function directMessageOf({ method, headers, body }: Request): DirectMessage | undefined {
  const message = body as JSONRPCRequest;
  if (method !== 'POST' || !methods.has(message?.method)) return undefined;
  if (!isJsonContentType(headers['content-type'])) return undefined;
  const version = headers['mcp-protocol-version'] as string | undefined;
  const outcome = classifyInboundRequest({
    httpMethod: method,
    body,
    ...(version !== undefined && { protocolVersionHeader: version }),
  });
  if (outcome.kind === 'modern') {
    const { classification, messageKind } = outcome;
    const isComplete =
      messageKind === 'request' &&
      version === modernRevision &&
      classification.revision === modernRevision &&
      headers['mcp-method'] === message.method &&
      headers['mcp-name'] === message.params?.['name'];
    return isComplete ? { message, classification } : undefined;
  }
  const { accept = '' } = headers;
  const isLegacy =
    outcome.kind === 'legacy' &&
    outcome.reason === 'no-claim' &&
    accept.includes('application/json') &&
    accept.includes('text/event-stream') &&
    (version === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(version));
  return isLegacy ? { message, classification: { era: 'legacy' } } : undefined;
}

/**
 * Creates a handler of {@link DirectMessage}s. It shares one server object for the revisions of 2025 and one
 * for {@link modernRevision}, and creates no objects of the Fetch standard. A server, request and response
 * object for each message would cost about as much CPU time as the call itself. Sharing is safe: both methods
 * are stateless, and the server object never receives `initialize`.
 */
export function createDirectHandler(
  createServer: () => McpServer,
): (direct: DirectMessage, authInfo: AuthInfo) => Promise<DirectAnswer> {
  async function connect(classification: MessageClassification): Promise<SharedTransport> {
    const transport = new SharedTransport({ classification, keepAliveMs: 0 });
    await createServer().connect(transport);
    return transport;
  }
  const transports = {
    legacy: connect({ era: 'legacy' }),
    modern: connect({ era: 'modern', revision: modernRevision }),
  };
  return async ({ message, classification }, authInfo) =>
    (await transports[classification.era]).exchange(message, { classification, authInfo });
}

/**
 * Multiplexes concurrent messages over one connection. Each message gets a unique id, because different
 * clients may send equal ids.
 */
class SharedTransport extends PerRequestHTTPServerTransport {
  readonly #waiting = new Map<unknown, (answer: JSONRPCMessage) => void>();
  #lastId = 0;

  async exchange(message: JSONRPCRequest, extra: MessageExtraInfo): Promise<DirectAnswer> {
    const id = ++this.#lastId;
    const answer = await new Promise<JSONRPCMessage>((resolve) => {
      this.#waiting.set(id, resolve);
      this.onmessage?.({ ...message, id }, extra);
    });
    const isRefused =
      'error' in answer && answer.error.code === ProtocolErrorCode.MissingRequiredClientCapability;
    return { status: isRefused ? 400 : 200, body: JSON.stringify({ ...answer, id: message.id }) };
  }

  override async send(answer: JSONRPCMessage): Promise<void> {
    if (!('id' in answer)) return;
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }
}
