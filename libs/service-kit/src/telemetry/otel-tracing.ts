import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span as OtelSpan,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  SamplingDecision,
  TracerProvider,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import { adoptSpan } from '../http/request-context.ts';
import type { Span, Tracing } from './tracing.ts';
import { version } from '../core/version.ts';

export interface OtelOptions {
  readonly service: string;
  /** Address of the collector, without `/v1/traces`. */
  readonly endpoint: string;
  /** Share of requests that are traced, 0 to 1. */
  readonly sample: number;
  /** Traces every request that its caller traces; only safe if all callers are our own services. */
  readonly followCallers: boolean;
}

const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT };
/** Header that marks calls which have a span already. */
const ownCall = 'x-internal-bff';

/** Creates tracing. This file alone imports OpenTelemetry, and it is loaded only when traces are exported. */
export function createTracing({ service, endpoint, sample, followCallers }: OtelOptions): Tracing {
  const share = byChance(sample);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    // The "sampled" flag of a client does not force a trace: it would let anybody have every request traced.
    sampler: new ParentBasedSampler({
      root: share,
      remoteParentSampled: followCallers ? new AlwaysOnSampler() : share,
    }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({
          url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
          timeoutMillis: 5_000,
        }),
      }),
    ],
  });
  // These two are global in OpenTelemetry, so a second service in the same process shares them.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const tracer = provider.getTracer(service);
  // Traces calls that libraries send, such as those to the identity provider.
  const fetches = new UndiciInstrumentation({
    requireParentforSpans: true,
    ignoreRequestHook: ({ headers }) =>
      (Array.isArray(headers) ? headers.join('\n') : headers).toLowerCase().includes(ownCall),
  });
  fetches.setTracerProvider(provider);

  const tracing: Tracing = {
    async span(name, { kind, attributes }, work) {
      const span = tracer.startSpan(name, { kind: kinds[kind], ...(attributes && { attributes }) });
      try {
        return await context.with(trace.setSpan(context.active(), span), work, undefined, spanOf(span));
      } catch (error) {
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: error instanceof Error ? error.name : 'thrown',
        });
        throw error;
      } finally {
        span.end();
      }
    },

    serve(request, response, run) {
      const parent = propagation.extract(ROOT_CONTEXT, request.headers);
      const method = request.method ?? '';
      const attributes = { 'http.request.method': method };
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
      adoptSpan(request, { traceparent: traceparentOf(span), tracing });
      context.with(trace.setSpan(parent, span), run);
      return {
        end(route, more) {
          const { statusCode } = response;
          span.updateName(`${method} ${route}`);
          span.setAttributes({ 'http.route': route, 'http.response.status_code': statusCode, ...more });
          if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },

    async close() {
      fetches.disable();
      // An unreachable collector must not delay the end of the process.
      await provider.shutdown().catch(() => undefined);
    },
  };
  return tracing;
}

/** Samples at random, not by the trace id as OpenTelemetry does, because the client chooses the id. */
const byChance = (share: number): Sampler => ({
  shouldSample: () => ({
    decision: Math.random() < share ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
  }),
  toString: () => `byChance{${share}}`,
});

const spanOf = (span: OtelSpan): Span => ({
  get traceparent() {
    return traceparentOf(span);
  },
  set: (attributes) => void span.setAttributes(attributes),
  fail: (message) => void span.setStatus({ code: SpanStatusCode.ERROR, message }),
});

function traceparentOf(span: OtelSpan): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
