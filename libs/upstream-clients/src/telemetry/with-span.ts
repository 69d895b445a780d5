import type { Outcome, Tracing } from '@bff/service-kit';
import type { Call, Stage } from '../pipeline/call.ts';
import type { AnyOperation } from '../pipeline/operation.ts';
import { ScopeWithDeadline } from '../pipeline/scope-with-deadline.ts';

/**
 * Wraps all stages in a span with the operation and the outcome. A span without a child means that no
 * upstream was called.
 */
export function withSpan({ service, name }: AnyOperation, tracing: Tracing): Stage {
  const label = `${service}.${name}`;
  return <T>(next: Call<T>): Call<T> =>
    (request, scope) =>
      tracing.span(label, { kind: 'internal' }, async (span) => {
        const outcome = await next(request, scope);
        span.set(attributesOf(outcome));
        if (outcome.kind === 'failed') span.fail(outcome.reason);
        return outcome;
      });
}

/** Wraps the transport in a span for each try, the parent of the upstream's own spans. */
export function withTrySpan({ service, method, path }: AnyOperation, tracing: Tracing): Stage {
  const label = `${method} ${path}`;
  const attributes = { 'http.request.method': method, 'url.template': path, 'peer.service': service };
  return <T>(next: Call<T>): Call<T> =>
    (request, scope) =>
      tracing.span(label, { kind: 'client', attributes }, async (span) => {
        const outcome = await next(request, new ScopeWithDeadline(scope, scope.deadline, span.traceparent));
        const { status } = request.reply;
        if (status > 0) span.set({ 'http.response.status_code': status });
        if (outcome.kind === 'failed') span.fail(outcome.reason);
        return outcome;
      });
}

const attributesOf = (outcome: Outcome<unknown>) => {
  const { kind } = outcome;
  if (kind === 'failed') return { 'bff.outcome': outcome.reason, 'bff.stale_age_ms': outcome.stale?.ageMs };
  return { 'bff.outcome': kind, 'bff.cache_age_ms': kind === 'value' ? outcome.ageMs : undefined };
};
