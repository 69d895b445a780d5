import { httpUrl, ratio, type Setting, type SettingValues } from '../config/settings.ts';
import type { Tracing } from './tracing.ts';

/** Tracing settings, with OpenTelemetry's names. */
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
 * Starts tracing if there is a collector, else returns undefined without loading OpenTelemetry.
 * @param options.followCallers traces every request that its caller traces; only for a service that
 * clients cannot reach. default false
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
