import { Problem } from '@bff/service-kit';
import type { RequestHandler } from 'express';

/** For a path that no route has: after all routes. */
export function notFound(): RequestHandler {
  return function handleNotFound(_request, _response, next) {
    next(new Problem('not-found'));
  };
}

/**
 * For a path that exists with other methods: `route.all(methodNotAllowed(['GET']))` after the methods. `HEAD` comes
 * with `GET`. RFC 9110, section 15.5.6.
 */
export function methodNotAllowed(allow: readonly string[]): RequestHandler {
  const methods = new Set(allow.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
  const headers = { Allow: [...methods].join(', ') };
  return function handleMethodNotAllowed(_request, _response, next) {
    next(new Problem('method-not-allowed', { headers }));
  };
}
