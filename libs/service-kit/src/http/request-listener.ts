import type { RequestListener, ServerResponse } from 'node:http';
import type { LoadShedding } from '../admission/load-shedding.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { observeRequests } from '../telemetry/observe-requests.ts';
import { RecentDegradations } from '../telemetry/recent-degradations.ts';
import type { ServerSpan, Tracing } from '../telemetry/tracing.ts';
import { noteArrival } from './request-context.ts';

export interface RequestListenerOptions {
  readonly app: RequestListener;
  readonly shedding: LoadShedding;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Share of access lines that are written, 0 to 1. default 1 */
  readonly accessLogSample?: number;
  readonly recent?: RecentDegradations;
  readonly tracing?: Tracing | undefined;
  /** Called with the response of each request before the request is processed. */
  readonly onResponse?: (response: ServerResponse) => void;
}

/** Creates the listener that every request passes before the app: observation, span, admission. */
export function requestListener(options: RequestListenerOptions): RequestListener {
  const { app, shedding, log, metrics, tracing, onResponse } = options;
  const { accessLogSample = 1, recent = new RecentDegradations() } = options;
  const enter = shedding.admit(app);
  const observe = observeRequests({ log, metrics, accessLogSample, recent });
  return function listen(request, response) {
    noteArrival(request);
    const done = observe(request, response);
    let span: ServerSpan | undefined;
    response.once('close', () => done(span));
    onResponse?.(response);
    if (tracing) span = tracing.serve(request, response, () => enter(request, response));
    else enter(request, response);
  };
}
