import { Problem } from '@bff/service-kit';
import type { RequestHandler } from 'express';

/** Answers 404. To be registered after all routes. */
export function notFound(): RequestHandler {
  return function handleNotFound(_request, _response, next) {
    next(new Problem('not-found'));
  };
}

/**
 * Answers 405 with `Allow` (RFC 9110, section 15.5.6): `route.all(methodNotAllowed(['GET']))` after the
 * route's methods. `GET` includes `HEAD`.
 */
export function methodNotAllowed(allow: readonly string[]): RequestHandler {
  const methods = new Set(allow.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
  const headers = { Allow: [...methods].join(', ') };
  return function handleMethodNotAllowed(_request, _response, next) {
    next(new Problem('method-not-allowed', { headers }));
  };
}
