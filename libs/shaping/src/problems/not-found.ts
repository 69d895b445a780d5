import { Problem } from '@bff/service-kit';
import type { RequestHandler } from 'express';

/** Creates middleware that answers 404. Register it after all routes. */
export function notFound(): RequestHandler {
  return function handleNotFound(_request, _response, next) {
    next(new Problem('not-found'));
  };
}

/**
 * Creates middleware that answers 405 with `Allow` (RFC 9110, section 15.5.6). Register it after the methods
 * of a route: `route.all(methodNotAllowed(['GET']))`. `GET` includes `HEAD`.
 */
export function methodNotAllowed(allow: readonly string[]): RequestHandler {
  const methods = new Set(allow.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
  const headers = { Allow: [...methods].join(', ') };
  return function handleMethodNotAllowed(_request, _response, next) {
    next(new Problem('method-not-allowed', { headers }));
  };
}
