import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TenantId } from '../core/ids.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Degradation } from '../core/outcome.ts';
import { randomHex } from '../core/random-hex.ts';
import { chargeLoop, loopAccountOf } from '../admission/loop-time.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { continueTrace, traceOfSpan, type TraceContext } from './trace-context.ts';

/** What is known of one incoming request before anybody asks who it is. */
export interface RequestContext {
  /** 8 to 128 characters of `[A-Za-z0-9._~-]`: the client's `X-Request-ID` when well formed, else made here. */
  readonly requestId: string;
  /** W3C trace context of this hop, ready to be sent to an upstream. */
  readonly traceparent: string;
  /** The caller's, of the trace that this request continues. */
  readonly tracestate: string | undefined;
  /**
   * What is left of a budget that began when the request arrived, in milliseconds; negative when it is used up. Everything
   * counts, the queue and the session included, but the time in which the client sent its body.
   */
  remaining(budgetMs: number): number;
  /** Does not count these milliseconds: the client was still sending. */
  excuse(ms: number): void;
  /** Aborted when the client hangs up before it has its answer. */
  readonly signal: AbortSignal;
  /** Its lines carry the ids of the request, and the tenant from the moment that it is known. */
  readonly log: Logger;
  /** For metrics, access line and console: filled in by whoever finds out. */
  readonly facts: RequestFacts;
}

export interface RequestFacts {
  tenant?: TenantId;
  screen?: string;
  /** What the answer tells its client. */
  degraded?: readonly Degradation[];
}

const requestIdSyntax = /^[A-Za-z0-9._~-]{8,128}$/;

const contexts = new WeakMap<object, RequestContext>();
const arrivals = new WeakMap<object, number>();

/** To be called when the head of a request is complete, before it waits for anything. */
export const noteArrival = (request: IncomingMessage): void => void arrivals.set(request, performance.now());

/** @throws {TypeError} when the request did not pass {@link withRequestContext} */
export function contextOf(request: IncomingMessage): RequestContext {
  const context = contexts.get(request);
  if (!context)
    throw new TypeError('no request context: withRequestContext is missing in front of this handler');
  return context;
}

/** Undefined where a request did not get as far as {@link withRequestContext}. */
export const findContext = (request: IncomingMessage): RequestContext | undefined => contexts.get(request);

/** The span that a request has already, and how to make others below it. */
export interface RequestSpan {
  readonly traceparent: string;
  readonly tracing: Tracing;
}
const spans = new WeakMap<object, RequestSpan>();

/** To be called before {@link withRequestContext}, which makes no trace context of its own then. */
export const adoptSpan = (request: IncomingMessage, span: RequestSpan): void => void spans.set(request, span);

/**
 * Makes a screen in a span of its own, when this request is traced, and tells which of its sources were degraded.
 */
export async function observeScreen<
  Made extends { readonly kind: string; readonly degraded?: readonly Degradation[] },
>(request: IncomingMessage, screen: string, make: () => Promise<Made>): Promise<Made> {
  const { facts } = contextOf(request);
  facts.screen = screen;
  const tracing = spans.get(request)?.tracing;
  const made = await (tracing ? tracing.span(`screen ${screen}`, { kind: 'internal' }, make) : make());
  chargeLoop(loopAccountOf(request));
  if (made.degraded) facts.degraded = made.degraded;
  return made;
}

export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && requestIdSyntax.test(given) ? given : randomHex(12);
}

/** Middleware, first in line: gives the request its context and the answer its `X-Request-ID`. */
export function withRequestContext(log: Logger) {
  return function requestContext(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const requestId = requestIdOf(request);
    const own = spans.get(request)?.traceparent;
    const trace = own === undefined ? continueTrace(request.headers) : traceOfSpan(own, request.headers);
    const arrivedAt = arrivals.get(request) ?? performance.now();
    contexts.set(request, new Context(requestId, trace, arrivedAt, response, log));
    response.setHeader('X-Request-ID', requestId);
    next();
  };
}

class Context implements RequestContext {
  readonly requestId: string;
  readonly traceparent: string;
  readonly tracestate: string | undefined;
  readonly facts: RequestFacts = {};
  readonly #parentLog: Logger;
  readonly #abort = new AbortController();
  #arrivedAt: number;
  #log: Logger | undefined;
  #logOf: TenantId | undefined;

  constructor(
    requestId: string,
    trace: TraceContext,
    arrivedAt: number,
    response: ServerResponse,
    log: Logger,
  ) {
    this.requestId = requestId;
    this.#arrivedAt = arrivedAt;
    this.traceparent = trace.traceparent;
    this.tracestate = trace.tracestate;
    this.#parentLog = log;
    response.once('close', () => {
      if (!response.writableFinished) this.#abort.abort();
    });
  }

  remaining(budgetMs: number): number {
    return budgetMs - (performance.now() - this.#arrivedAt);
  }

  excuse(ms: number): void {
    this.#arrivedAt += ms;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Made when first used: most requests log nothing but their access line. And again when the tenant is known. */
  get log(): Logger {
    const { tenant } = this.facts;
    if (!this.#log || this.#logOf !== tenant) {
      this.#logOf = tenant;
      this.#log = this.#parentLog.child({
        request_id: this.requestId,
        trace_id: this.traceparent.slice(3, 35),
        ...(tenant && { tenant }),
      });
    }
    return this.#log;
  }
}
