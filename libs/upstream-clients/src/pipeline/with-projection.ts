import type { Call } from './call.ts';

/**
 * Replaces an answer by its projection. Placed inside cache and single flight, so that they store and share
 * only projected values; outside retry and breaker, which assess the upstream. A confirmed answer (304) comes
 * from a cache entry, which is projected already.
 */
export const withProjection = <T>(next: Call<T>): Call<T> =>
  function project(request, scope) {
    const { projection } = request;
    if (projection === undefined) return next(request, scope);
    return next(request, scope).then((outcome) =>
      outcome.kind === 'value' && request.reply.status !== 304
        ? { ...outcome, value: projection.of(outcome.value as never) as T }
        : outcome,
    );
  };
