import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpUrl, ratio, type Setting, type SettingValues } from '../config/settings.ts';

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

/** A service spreads these into its settings. The names are OpenTelemetry's own. */
export const tracingSettings = {
  otlpEndpoint: {
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    schema: httpUrl(),
    optional: true,
    meaning: 'address of an OTLP/HTTP collector; unset: no traces, and no cost',
  },
  traceSample: {
    env: 'OTEL_TRACES_SAMPLER_ARG',
    schema: ratio(),
    default: 1,
    meaning: 'share of the requests that are traced, 0 to 1',
  },
} as const satisfies Record<string, Setting>;

type TracingValues = SettingValues<typeof tracingSettings>;

/**
 * Loads OpenTelemetry only when there is somewhere to send spans to. Undefined: there is not.
 *
 * @param options.followCallers traces what its callers trace: for a service that strangers cannot reach. default false
 */
export async function startTracing(
  service: string,
  { otlpEndpoint, traceSample }: TracingValues,
  { followCallers = false }: { readonly followCallers?: boolean } = {},
): Promise<Tracing | undefined> {
  if (otlpEndpoint === undefined) return undefined;
  const { createTracing } = await import('./otel-tracing.ts');
  return createTracing({ service, endpoint: otlpEndpoint, sample: traceSample, followCallers });
}
