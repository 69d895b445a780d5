import type { RequestHandler, Router } from 'express';

/**
 * Calls a router only for the given paths. Otherwise Express would match every request of the service against
 * all route patterns of the router (about thirty for a router of documents).
 */
export function atPaths(paths: Iterable<string>, router: Router): RequestHandler {
  const known = new Set(paths);
  return function enter(request, response, next) {
    if (known.has(request.path)) router(request, response, next);
    else next();
  };
}
