import { Problem } from '@bff/service-kit';
import type { RequestHandler } from 'express';

/**
 * Creates middleware that rejects cross-origin requests (CSRF). `X-CSRF` forces a preflight, which succeeds
 * only for listed origins. Browsers set `Origin` and `Sec-Fetch-Site`, so a wrong value of either suffices to
 * reject. `Sec-Fetch-Site: none` (a typed address, or a link outside the browser) is rejected too, because
 * only scripts call these routes.
 * @param origin own origin, as browsers serialize it
 * @param others other origins that may call. They must be of the same site, because browsers do not send
 *   `SameSite` cookies from other sites
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
 * Creates middleware that accepts only forms of our own pages. A form cannot add `X-CSRF`, but browsers send
 * `Origin` with every POST, and pages cannot forge it.
 */
export function requireOwnForm(origin: string): RequestHandler {
  return function ownForm({ headers }, _response, next) {
    const { origin: from, 'sec-fetch-site': site = 'same-origin' } = headers;
    next(from === origin && site === 'same-origin' ? undefined : new Problem('csrf'));
  };
}
