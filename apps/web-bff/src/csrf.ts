import { Problem } from '@bff/service-kit';
import { type RequestHandler } from 'express';

/**
 * Middleware: only our own pages pass. A foreign page cannot add `X-CSRF` without a preflight, which nobody here
 * answers; `Origin` and `Sec-Fetch-Site` are the browser's own word, so that one of them suffices to be refused.
 * `Sec-Fetch-Site: none` (typed, or from outside the browser) is refused too: what is guarded is called by scripts.
 *
 * @param origin the only one, as browsers write it
 */
export function requireSameOrigin(origin: string): RequestHandler {
  return function sameOrigin({ headers }, _response, next) {
    const { 'x-csrf': mark, 'sec-fetch-site': site = 'same-origin', origin: from = origin } = headers;
    next(mark === '1' && from === origin && site === 'same-origin' ? undefined : new Problem('csrf'));
  };
}
