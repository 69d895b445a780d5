import { Problem } from '@bff/service-kit';
import type { RequestHandler } from 'express';

/**
 * Creates middleware that rejects requests from pages of other origins: by DNS rebinding, a page could
 * otherwise reach a server on its visitor's machine or network (specification of the transport, "Security
 * Warning").
 * @param origins exact origins of pages that may call
 */
export function originGuard(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return function checkOrigin({ headers: { origin } }, _response, next) {
    const isAllowed = origin === undefined || allowed.has(origin);
    next(isAllowed ? undefined : new Problem('forbidden', { detail: 'Pages of this origin may not call.' }));
  };
}
