import { OAuthError, ProviderUnavailable, TokenRefused } from '@bff/auth-delegation';
import { contextOf, StateUnavailable } from '@bff/service-kit';
import type { ErrorRequestHandler } from 'express';
import { message } from './pages.ts';

/** Seconds. */
const retryAfter = '5';

export const isUnavailable = (error: unknown): boolean =>
  error instanceof StateUnavailable || error instanceof ProviderUnavailable;

/** What an OAuth client or the provider is told: RFC 6749, section 5.2. Everything else is a problem like any other. */
export function oauthErrors(): ErrorRequestHandler {
  return function handleOAuthError(error: unknown, request, response, next) {
    if (isUnavailable(error)) {
      response.status(503).set('Retry-After', retryAfter).json({ error: 'temporarily_unavailable' });
      return;
    }
    const known = toOAuthError(error);
    if (!known) return next(error);
    const [status, { error: code }] = known;
    contextOf(request).log.debug({ error: code }, 'OAuth request refused');
    // RFC 6749, section 5.2: whoever authenticates in a header is answered in the same way.
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
    return [400, new OAuthError('invalid_request', `logout_token is refused: ${error.code}`)];
  // The body parser's: too large, cut off, in a coding that nobody needs here.
  const { status, expose } = error as { readonly status?: unknown; readonly expose?: unknown };
  return expose === true && typeof status === 'number'
    ? [status, new OAuthError('invalid_request', 'the body cannot be read')]
    : undefined;
}

/** What a person in front of a browser is told. */
export function pageErrors(): ErrorRequestHandler {
  return function handlePageError(error: unknown, request, response, next) {
    if (isUnavailable(error)) message('unavailable')(request, response.set('Retry-After', retryAfter), 503);
    else if (error instanceof OAuthError) message('malformed')(request, response, 400);
    else next(error);
  };
}
