import type { IncomingMessage, ServerResponse } from 'node:http';

export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A span, as passed to the code that runs in it. */
export interface Span {
  /** W3C `traceparent` with this span as the parent, to be sent to upstreams. */
  readonly traceparent: string;
  set(attributes: SpanAttributes): void;
  /** Marks the span as failed. */
  fail(reason: string): void;
}

/**
 * Tracer of a process. If traces are not exported, callers get undefined instead of a tracer, so that tracing
 * costs nothing.
 */
export interface Tracing {
  /** Runs the work in a child of the active span; the span ends when the promise settles. */
  span<T>(
    name: string,
    options: { readonly kind: 'internal' | 'client'; readonly attributes?: SpanAttributes },
    work: (span: Span) => Promise<T>,
  ): Promise<T>;
  /**
   * Runs a request in a span below its `traceparent`. The request context passes the span to upstreams and
   * logs; `end` is to be called once, when the request is answered.
   */
  serve(request: IncomingMessage, response: ServerResponse, run: () => void): ServerSpan;
  /** Sends buffered spans. */
  close(): Promise<void>;
}

export interface ServerSpan {
  end(route: string, attributes?: SpanAttributes): void;
}
