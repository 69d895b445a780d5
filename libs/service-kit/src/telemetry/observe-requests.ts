import type { IncomingMessage, ServerResponse } from 'node:http';
import { cachedLabels } from './cached-labels.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { RecentDegradations } from './recent-degradations.ts';
import { findContext, type RequestFacts } from '../http/request-context.ts';
import { routePattern } from '../http/route-pattern.ts';
import type { ServerSpan } from './tracing.ts';

export interface ObserveRequestsOptions {
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Share of access lines that are written, 0 to 1; failures and degraded answers always have one. */
  readonly accessLogSample: number;
  readonly recent: RecentDegradations;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const statusClasses = ['', '1xx', '2xx', '3xx', '4xx', '5xx'];

/**
 * Records metrics, access line and span of a request once, when it is answered or its client disconnected.
 */
export function observeRequests({ metrics, log, accessLogSample, recent }: ObserveRequestsOptions) {
  const seconds = cachedLabels(
    metrics.histogram(
      'bff_request_seconds',
      'Duration of requests; status `aborted`: the client disconnected',
      ['route', 'method', 'status'],
    ),
  );
  const degradations = cachedLabels(
    metrics.counter('bff_degraded_total', 'Sources that answered from a fallback', [
      'screen',
      'source',
      'reason',
      'fallback',
    ]),
  );
  // Redaction is off: every member below is known, and searching for secrets would cost ten times as much as
  // the line.
  const access = log.child({}, { redact: [] });

  function recordDegraded({ tenant, screen = '', degraded = [] }: RequestFacts): void {
    const at = Date.now();
    for (const each of degraded) {
      degradations(screen, each.source, each.reason, each.fallback).inc();
      recent.add({ at, tenant: tenant ?? '', screen, ...each });
    }
  }

  return function observe(request: IncomingMessage, response: ServerResponse) {
    const startedAt = performance.now();
    return function done(span: ServerSpan | undefined): void {
      const ms = performance.now() - startedAt;
      const route = routePattern(request);
      const { statusCode, writableFinished } = response;
      const status = writableFinished ? (statusClasses[Math.trunc(statusCode / 100)] ?? '') : 'aborted';
      const method = methods.has(request.method ?? '') ? (request.method ?? '') : 'other';
      seconds(route, method, status).observe(ms / 1000);

      const context = findContext(request);
      const degraded = context?.facts.degraded;
      const isDegraded = degraded !== undefined && degraded.length > 0;
      if (context && isDegraded) recordDegraded(context.facts);
      span?.end(
        route,
        isDegraded ? { 'bff.degraded': degraded.map(({ source }) => source).join() } : undefined,
      );
      // Shed requests are counted but not logged: one line each would add load during an overload.
      if (!context) return;
      if (
        (status === '5xx' || isDegraded || Math.random() < accessLogSample) &&
        access.isLevelEnabled('info')
      )
        access.info(
          {
            request_id: context.requestId,
            trace_id: context.traceparent.slice(3, 35),
            tenant: context.facts.tenant,
            method,
            route,
            status: writableFinished ? statusCode : 'aborted',
            ms: Math.round(ms * 10) / 10,
            ...(isDegraded && { degraded: degraded.map(({ source }) => source) }),
          },
          'request',
        );
    };
  };
}
