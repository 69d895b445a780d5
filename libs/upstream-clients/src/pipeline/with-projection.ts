import type { Call } from './call.ts';

/**
 * Replaces an answer by its projection. Placed inside cache and single flight, so that neither holds anything
 * else; outside retry and breaker, which judge the upstream. A confirmed answer (304) comes from a cache
 * entry, which was projected before.
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
