import { createServer, IncomingMessage, ServerResponse, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem } from '../core/problem.ts';
import { answerConnection, answerEarly, endConnection } from './early-answer.ts';
import { hostError } from './host-field.ts';
import { parserProblem, type ParserError } from './parser-problem.ts';

export interface HttpLimits {
  /** Maximum size of request line and header fields together, in bytes. default 16384 */
  readonly maxHeaderBytes?: number;
  /**
   * Maximum time from the first byte of a request to the end of its headers, in milliseconds. default 10000
   */
  readonly headersTimeoutMs?: number;
  /**
   * Maximum time from the first byte of a request to the last byte of its body, in milliseconds. Also the
   * time after which a connection is closed whose client accepts no byte of a response. default 30000
   */
  readonly requestTimeoutMs?: number;
  /**
   * Maximum idle time between two requests of a connection, in milliseconds. default 65000, above the 60 s of
   * common load balancers
   */
  readonly keepAliveTimeoutMs?: number;
}

export interface HttpServerOptions extends HttpLimits {
  /**
   * The Express app behind the listener, whose prototypes requests and responses get. Default: those of Node
   */
  readonly app?: object | undefined;
}

const last = Symbol('last');
const previous = Symbol('previous');
const connection = Symbol('connection');
/** A connection with its last response, in a property instead of a WeakMap (docs/adr/0042). */
type Connection = Duplex & { [last]?: Response | undefined };
/**
 * A response with its connection, and with the response that precedes it there and was open when it began.
 */
type Response = ServerResponse & { [previous]?: Response | undefined; [connection]?: Connection | undefined };

/**
 * Creates an HTTP/1.1 server. It rejects with a problem response, without calling the app (RFC 9110,
 * RFC 9112): malformed messages, an invalid `Host`, expectations other than 100-continue, and CONNECT.
 * @param onRefused called once for each rejected message
 */
export function createHttpServer(
  listener: RequestListener,
  limits: HttpServerOptions = {},
  onRefused: (problem: Problem) => void = () => undefined,
): Server {
  const {
    maxHeaderBytes = 16_384,
    headersTimeoutMs = 10_000,
    requestTimeoutMs = 30_000,
    keepAliveTimeoutMs = 65_000,
  } = limits;
  const refused = new WeakSet<Duplex>();

  function note({ socket }: { readonly socket: Connection }, response: Response): void {
    response[previous] = socket[last];
    response[connection] = socket;
    socket[last] = response;
    response.on('close', forget);
  }

  function refuse(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
    onRefused(problem);
    note(request, response);
    response.setHeader('Connection', 'close');
    answerEarly(request, response, problem);
  }

  /**
   * Sends the last response of a connection, after the pending ones: responses keep the order of requests
   * (RFC 9112, section 9.3.2).
   */
  function refuseConnection(socket: Connection, problem: Problem, request?: IncomingMessage): void {
    // Node reports an error for every chunk of bytes after a malformed message.
    if (refused.has(socket)) return;
    refused.add(socket);
    onRefused(problem);
    const answer = (of?: IncomingMessage): void => {
      if (socket.writable) answerConnection(socket, problem, of);
      else socket.destroy();
    };
    const latest = socket[last];
    if (!latest || latest.req.complete) return after(latest, () => answer(request));
    // The body of the latest request is malformed. The app still waits for the rest, so the server answers.
    after(latest[previous], () => {
      if (latest.headersSent) after(latest, () => endConnection(socket));
      else answer(latest.req);
    });
  }

  const server = createServer(
    {
      ...messageClasses(limits.app ?? {}),
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
      // Node would answer a missing `Host` itself, without a problem document.
      requireHostHeader: false,
    },
    (request, response) => {
      const fault = hostError(request);
      if (fault !== undefined)
        return refuse(request, response, new Problem('bad-request', { detail: fault }));
      note(request, response);
      // On the response, not on the server: a listener there would disable the keep-alive timeout.
      response.setTimeout(requestTimeoutMs, closeUnread);
      listener(request, response);
    },
  );
  server.on('checkExpectation', (request, response) =>
    refuse(request, response, new Problem('expectation-failed')),
  );
  server.on('connect', (request, socket) =>
    refuseConnection(socket, new Problem('bad-request', { detail: 'This is not a proxy.' }), request),
  );
  server.on('clientError', (error: ParserError, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    refuseConnection(socket, parserProblem(error));
  });
  return server;
}

/**
 * Frees the messages of a closed response, because thousands of idle connections would retain one each. Waits
 * until the client has sent the body: a malformed rest of it belongs to this response.
 */
function forget(this: Response): void {
  this[previous] = undefined;
  if (this.req.complete) release(this);
  else this.req.once('close', () => release(this));
}

function release(response: Response): void {
  // Not `req.socket`, which Node sets to null when an iteration over the body ends early.
  const socket = response[connection];
  response[connection] = undefined;
  if (socket?.[last] === response) socket[last] = undefined;
}

/**
 * Closes the connection of a client that reads nothing, which would otherwise hold memory and its place among
 * the requests in flight. A response that is not ready yet has nothing to send, so its connection stays open.
 */
function closeUnread(this: ServerResponse): void {
  const { socket } = this;
  if (socket && socket.writableLength > 0) socket.destroy();
}

function after(response: ServerResponse | undefined, then: () => void): void {
  if (!response || response.closed) then();
  else response.once('close', then);
}

/** Prototypes that an Express app gives to each request and response (`app.request`, `app.response`). */
interface MessagePrototypes {
  readonly request: object;
  readonly response: object;
}

/**
 * Returns classes whose instances have an app's prototypes from the start. Otherwise Express changes the
 * prototype of each request and response, and V8 discards what it knows of their shape. All servers of an app
 * get the same classes, for the same reason.
 */
function messageClasses(app: object): {
  readonly IncomingMessage?: typeof IncomingMessage;
  readonly ServerResponse?: typeof ServerResponse;
} {
  const { request, response } = app as Partial<MessagePrototypes>;
  if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return {};
  return {
    IncomingMessage: withPrototype(IncomingMessage, request),
    ServerResponse: withPrototype(ServerResponse, response),
  };
}

/** The class of each prototype. */
const classes = new WeakMap<object, typeof IncomingMessage | typeof ServerResponse>();

/** Returns the class, created without `class extends`, whose `prototype` property cannot be replaced. */
function withPrototype<Class extends typeof IncomingMessage | typeof ServerResponse>(
  base: Class,
  prototype: object,
): Class {
  const known = classes.get(prototype);
  if (known) return known as Class;
  function Message(...given: unknown[]): object {
    return Reflect.construct(base, given, Message) as object;
  }
  Message.prototype = prototype;
  classes.set(prototype, Message as unknown as Class);
  return Message as unknown as Class;
}
