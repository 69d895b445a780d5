import type { RequestHandler, Router } from 'express';

/**
 * Enters a router of documents only for a path that it has. Express would try the patterns of all its routes on each request
 * of the service, and they are about thirty.
 */
export function atPaths(paths: Iterable<string>, router: Router): RequestHandler {
  const known = new Set(paths);
  return function enter(request, response, next) {
    if (known.has(request.path)) router(request, response, next);
    else next();
  };
}
