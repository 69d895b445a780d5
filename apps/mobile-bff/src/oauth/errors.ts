import { OAuthError, ProviderUnavailable, TokenRefused } from '@bff/auth-delegation';
import { contextOf, StateUnavailable } from '@bff/service-kit';
import type { ErrorRequestHandler } from 'express';
import { message } from './pages.ts';

/** Seconds until a retry is useful. */
const retryAfter = '5';

export const isUnavailable = (error: unknown): boolean =>
  error instanceof StateUnavailable || error instanceof ProviderUnavailable;

/**
 * Creates middleware that answers OAuth clients and the provider with the errors of RFC 6749, section 5.2.
 * Passes other errors on, to be answered as problem details.
 */
export function oauthErrors(): ErrorRequestHandler {
  return function handleOAuthError(error: unknown, request, response, next) {
    if (isUnavailable(error)) {
      response.status(503).set('Retry-After', retryAfter).json({ error: 'temporarily_unavailable' });
      return;
    }
    const known = toOAuthError(error);
    if (!known) return next(error);
    const [status, { error: code }] = known;
    contextOf(request).log.debug({ error: code }, 'OAuth request rejected');
    // RFC 6749, section 5.2: a 401 to a request with an Authorization field must have a challenge.
    if (status === 401 && request.headers.authorization !== undefined)
      response.set('WWW-Authenticate', 'Basic realm="oauth"');
    const { retryAfterSeconds } = known[1];
    if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
    response.status(status).json(known[1]);
  };
}

function toOAuthError(error: unknown): readonly [status: number, OAuthError] | undefined {
  if (error instanceof OAuthError) return [error.status, error];
  if (error instanceof TokenRefused)
    return [400, new OAuthError('invalid_request', `logout_token is rejected: ${error.code}`)];
  // An error of the body parser: the body is too large, truncated, or in an unsupported content coding.
  const { status, expose } = error as { readonly status?: unknown; readonly expose?: unknown };
  return expose === true && typeof status === 'number'
    ? [status, new OAuthError('invalid_request', 'the body cannot be read')]
    : undefined;
}

/** Creates middleware that shows errors as a page, for people in a browser. */
export function pageErrors(): ErrorRequestHandler {
  return function handlePageError(error: unknown, request, response, next) {
    if (isUnavailable(error)) message('unavailable')(request, response.set('Retry-After', retryAfter), 503);
    else if (error instanceof OAuthError) message('malformed')(request, response, 400);
    else next(error);
  };
}
