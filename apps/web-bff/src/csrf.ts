import { Problem } from '@bff/service-kit';
import type { RequestHandler } from 'express';

/**
 * Middleware: only our own pages pass. A foreign page cannot add `X-CSRF` without a preflight, which nobody here
 * answers; `Origin` and `Sec-Fetch-Site` are the browser's own word, so that one of them suffices to be refused.
 * `Sec-Fetch-Site: none` (typed, or from outside the browser) is refused too: what is guarded is called by scripts.
 *
 * @param origin our own, as browsers write it
 * @param others origins on the same site that may call as well; a cookie with `SameSite` comes from no other site
 */
export function requireSameOrigin(origin: string, others: readonly string[] = []): RequestHandler {
  return function sameOrigin({ headers }, _response, next) {
    const { 'x-csrf': mark, 'sec-fetch-site': site = 'same-origin', origin: from = origin } = headers;
    const isOurs = from === origin && site === 'same-origin';
    const isListed = others.includes(from) && (site === 'same-origin' || site === 'same-site');
    next(mark === '1' && (isOurs || isListed) ? undefined : new Problem('csrf'));
  };
}

/**
 * Middleware: only a form of our own pages passes, which has no script to add `X-CSRF`. Browsers send `Origin` with every
 * POST, and a page cannot write it.
 */
export function requireOwnForm(origin: string): RequestHandler {
  return function ownForm({ headers }, _response, next) {
    const { origin: from, 'sec-fetch-site': site = 'same-origin' } = headers;
    next(from === origin && site === 'same-origin' ? undefined : new Problem('csrf'));
  };
}
