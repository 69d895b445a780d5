import type { IncomingMessage, ServerResponse } from 'node:http';

export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a piece of work may add to its own span. */
export interface Span {
  /** W3C trace context with this span as the parent, ready to be sent on. */
  readonly traceparent: string;
  set(attributes: SpanAttributes): void;
  /** It did not do what it was there for. */
  fail(reason: string): void;
}

/** Where the spans of a process go. Only made when traces are wanted: undefined means that nothing is paid for them. */
export interface Tracing {
  /** Runs the work below what is active here; the span ends when the work settles. */
  span<T>(
    name: string,
    options: { readonly kind: 'internal' | 'client'; readonly attributes?: SpanAttributes },
    work: (span: Span) => Promise<T>,
  ): Promise<T>;
  /**
   * Runs a request below what its `traceparent` names. The context of the request tells the span to upstreams and logs;
   * `end` is to be called once, when the answer is out.
   */
  serve(request: IncomingMessage, response: ServerResponse, run: () => void): ServerSpan;
  /** Sends what is left. */
  close(): Promise<void>;
}

export interface ServerSpan {
  end(route: string, attributes?: SpanAttributes): void;
}
