import { Problem } from '@bff/service-kit';
import type { RequestHandler } from 'express';

/**
 * Middleware: a request that a page of another origin makes is refused, so that no page reaches a server on the machine or in
 * the network of its visitor by a rebound name (specification of the transport, "Security Warning").
 *
 * @param origins exact origins of pages that may call
 */
export function originGuard(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return function checkOrigin({ headers: { origin } }, _response, next) {
    const isAllowed = origin === undefined || allowed.has(origin);
    next(isAllowed ? undefined : new Problem('forbidden', { detail: 'Pages of this origin may not call.' }));
  };
}
