import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from './logger.ts';

/** What is known of one incoming request before anybody asks who it is. */
export interface RequestContext {
  /** 8 to 128 characters of `[A-Za-z0-9._~-]`: the client's `X-Request-ID` when well formed, else made here. */
  readonly requestId: string;
  /** W3C trace context of this hop, ready to be sent to an upstream. */
  readonly traceparent: string;
  /** Aborted when the client hangs up before it has its answer. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

const requestIdSyntax = /^[A-Za-z0-9._~-]{8,128}$/;
/** Trace Context, section 3.2: version 00 (a later one may be read as 00), ids not all zero. */
const traceparentSyntax =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:-.*)?$/;

const contexts = new WeakMap<object, RequestContext>();

/** @throws {TypeError} when the request did not pass {@link withRequestContext} */
export function contextOf(request: IncomingMessage): RequestContext {
  const context = contexts.get(request);
  if (!context)
    throw new TypeError('no request context: withRequestContext is missing in front of this handler');
  return context;
}

/** Middleware, first in line: gives the request its context and the answer its `X-Request-ID`. */
export function withRequestContext(log: Logger) {
  return function requestContext(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const given = request.headers['x-request-id'];
    const requestId =
      typeof given === 'string' && requestIdSyntax.test(given) ? given : randomBytes(12).toString('hex');
    contexts.set(
      request,
      new Context(requestId, childTraceparent(request.headers['traceparent']), response, log),
    );
    response.setHeader('X-Request-ID', requestId);
    next();
  };
}

/** Continues the caller's trace with a span id of our own, or begins a trace. */
function childTraceparent(given: string | string[] | undefined): string {
  const match = typeof given === 'string' ? traceparentSyntax.exec(given) : null;
  const traceId = match?.[1] ?? randomBytes(16).toString('hex');
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${match?.[2] ?? '01'}`;
}

class Context implements RequestContext {
  readonly requestId: string;
  readonly traceparent: string;
  readonly #parentLog: Logger;
  readonly #abort = new AbortController();
  #log: Logger | undefined;

  constructor(requestId: string, traceparent: string, response: ServerResponse, log: Logger) {
    this.requestId = requestId;
    this.traceparent = traceparent;
    this.#parentLog = log;
    response.once('close', () => {
      if (!response.writableFinished) this.#abort.abort();
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Made when first used: most requests log nothing but their access line. */
  get log(): Logger {
    this.#log ??= this.#parentLog.child({
      request_id: this.requestId,
      trace_id: this.traceparent.slice(3, 35),
    });
    return this.#log;
  }
}
