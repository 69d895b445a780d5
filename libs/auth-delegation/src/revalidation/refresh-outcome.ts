import { ClientError, ResponseBodyError } from 'openid-client';
import { TokenRefused } from '../jwt/token-refused.ts';
import type { Login } from '../login/id-token.ts';
import { loginFailure } from '../login/login-outcome.ts';

/**
 * Outcome of refreshing the provider's session.
 *
 * - `confirmed`: the session continues; `login` has the current claims if the provider sent an ID token.
 * - `ended`: the provider rejects the refresh token (`invalid_grant`), or names another user.
 * - `unavailable`: no response, or a response that does not say whether the session continues.
 * - `refused`: the provider rejects this client, or its ID token is invalid; `reason` is for the log.
 */
export type RefreshOutcome =
  | { readonly kind: 'confirmed'; readonly refreshToken: string; readonly login?: Login | undefined }
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Returns the outcome for an error of the refresh (RFC 6749, section 5.2). Rethrows unexpected errors. */
export function refreshFailure(error: unknown): Exclude<RefreshOutcome, { readonly kind: 'confirmed' }> {
  if (error instanceof ResponseBodyError && error.status < 500)
    return error.error === 'invalid_grant'
      ? { kind: 'ended', reason: 'invalid_grant' }
      : { kind: 'refused', reason: error.error };
  if (error instanceof TokenRefused) return { kind: 'refused', reason: error.code };
  // A truncated or invalid body does not mean that the provider's session has ended.
  if (error instanceof ClientError) return { kind: 'unavailable' };
  const failure = loginFailure(error, '/');
  return failure.kind === 'refused' ? failure : { kind: 'unavailable' };
}
