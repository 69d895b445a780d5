import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TenantId } from '../core/ids.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Degradation } from '../core/outcome.ts';
import { randomHex } from '../core/random-hex.ts';
import { chargeLoop, loopAccountOf } from '../admission/loop-time.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { continueTrace, traceOfSpan, type TraceContext } from './trace-context.ts';

/** Facts about an incoming request that are known before authentication. */
export interface RequestContext {
  /** The client's `X-Request-ID` if it has 8 to 128 characters of `[A-Za-z0-9._~-]`, else a generated id. */
  readonly requestId: string;
  /** W3C `traceparent` of this hop, to be sent to upstreams. */
  readonly traceparent: string;
  /** `tracestate` of the caller, if this request continues its trace. */
  readonly tracestate: string | undefined;
  /**
   * Returns the milliseconds left of a budget that began when the request arrived; negative when it is used
   * up. Queueing and authentication count; the time in which the client sent its body does not.
   */
  remaining(budgetMs: number): number;
  /** Excludes from all budgets the milliseconds in which the client was sending its body. */
  excuse(ms: number): void;
  /** Aborted when the client disconnects before it has received the complete answer. */
  readonly signal: AbortSignal;
  /** Logger whose lines carry the ids of the request, and the tenant after authentication. */
  readonly log: Logger;
  /** Facts for metrics, access log line and console, set by the code that determines them. */
  readonly facts: RequestFacts;
}

export interface RequestFacts {
  tenant?: TenantId;
  screen?: string;
  /** Degraded sources that the answer lists. */
  degraded?: readonly Degradation[];
}

const requestIdSyntax = /^[A-Za-z0-9._~-]{8,128}$/;

const context = Symbol('context');
const arrivedAt = Symbol('arrivedAt');
const ownSpan = Symbol('ownSpan');
/** A request with the values of this module, in properties instead of WeakMaps (docs/adr/0042). */
interface Annotated {
  [context]?: RequestContext;
  [arrivedAt]?: number;
  [ownSpan]?: RequestSpan;
}

/** Records the arrival of a request. To be called when its head is complete, before it waits in a queue. */
export function noteArrival(request: IncomingMessage & Annotated): void {
  request[arrivedAt] = performance.now();
}

/**
 * Returns the context of a request. @throws {TypeError} when the request did not pass
 * {@link withRequestContext}
 */
export function contextOf(request: IncomingMessage & Annotated): RequestContext {
  const found = request[context];
  if (!found)
    throw new TypeError('no request context: withRequestContext is missing in front of this handler');
  return found;
}

/** Returns undefined for a request that did not reach {@link withRequestContext}. */
export const findContext = (request: IncomingMessage & Annotated): RequestContext | undefined =>
  request[context];

/** The existing span of a request, and the tracer for its child spans. */
export interface RequestSpan {
  readonly traceparent: string;
  readonly tracing: Tracing;
}

/**
 * Sets the span of a request. To be called before {@link withRequestContext}, which then creates no trace
 * context.
 */
export function adoptSpan(request: IncomingMessage & Annotated, span: RequestSpan): void {
  request[ownSpan] = span;
}

/** Composes a screen in a child span if the request is traced, and records its degraded sources. */
export async function observeScreen<
  Made extends { readonly kind: string; readonly degraded?: readonly Degradation[] },
>(request: IncomingMessage & Annotated, screen: string, make: () => Promise<Made>): Promise<Made> {
  const { facts } = contextOf(request);
  facts.screen = screen;
  const tracing = request[ownSpan]?.tracing;
  const made = await (tracing ? tracing.span(`screen ${screen}`, { kind: 'internal' }, make) : make());
  chargeLoop(loopAccountOf(request));
  if (made.degraded) facts.degraded = made.degraded;
  return made;
}

export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && requestIdSyntax.test(given) ? given : randomHex(12);
}

/** Creates the first middleware: it gives the request its context and the response its `X-Request-ID`. */
export function withRequestContext(log: Logger) {
  return function requestContext(
    request: IncomingMessage & Annotated,
    response: ServerResponse,
    next: () => void,
  ): void {
    const requestId = requestIdOf(request);
    const own = request[ownSpan]?.traceparent;
    const trace = own === undefined ? continueTrace(request.headers) : traceOfSpan(own, request.headers);
    const since = request[arrivedAt] ?? performance.now();
    request[context] = new Context(requestId, trace, since, response, log);
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

  constructor(requestId: string, trace: TraceContext, since: number, response: ServerResponse, log: Logger) {
    this.requestId = requestId;
    this.#arrivedAt = since;
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

  /**
   * Created on first use, because most requests log only their access line; created again when the tenant
   * becomes known.
   */
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
