import { ClientError, ResponseBodyError } from 'openid-client';
import { TokenRefused } from '../jwt/token-refused.ts';
import type { Login } from '../login/id-token.ts';
import { loginFailure } from '../login/login-outcome.ts';

/**
 * What the provider says of a session.
 *
 * - `confirmed`: it goes on; `login` where the provider sent an ID token with the claims as they are now.
 * - `ended`: the provider refuses the refresh token (`invalid_grant`), or names another user.
 * - `unavailable`: no answer, or one that says nothing about the session.
 * - `refused`: the provider does not accept this client, or its ID token cannot be trusted; `reason` is for the log.
 */
export type RefreshOutcome =
  | { readonly kind: 'confirmed'; readonly refreshToken: string; readonly login?: Login | undefined }
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What an error of the refresh means; anything unexpected is thrown on. RFC 6749, section 5.2. */
export function refreshFailure(error: unknown): Exclude<RefreshOutcome, { readonly kind: 'confirmed' }> {
  if (error instanceof ResponseBodyError && error.status < 500)
    return error.error === 'invalid_grant'
      ? { kind: 'ended', reason: 'invalid_grant' }
      : { kind: 'refused', reason: error.error };
  if (error instanceof TokenRefused) return { kind: 'refused', reason: error.code };
  // A body that was cut, or is not what the specification says: the provider's session may well go on.
  if (error instanceof ClientError) return { kind: 'unavailable' };
  const failure = loginFailure(error, '/');
  return failure.kind === 'refused' ? failure : { kind: 'unavailable' };
}
