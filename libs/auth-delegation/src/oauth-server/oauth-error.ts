import type { UserNeeded } from '../login/login-outcome.ts';

/**
 * The closed list of error codes: RFC 6749, sections 4.1.2.1 and 5.2; RFC 8628, section 3.5; OpenID Connect
 * Core, section 3.1.2.6.
 */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'access_denied'
  | UserNeeded
  | 'server_error'
  | 'temporarily_unavailable'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'invalid_dpop_proof';

/** An error for an OAuth client. `description` is a fixed text and never repeats the client's input. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly error: OAuthErrorCode;
  readonly error_description: string | undefined;
  readonly status: 400 | 401 | 429;
  /** Seconds that the client has to wait, for the error of a rate limit. */
  readonly retryAfterSeconds: number | undefined;

  constructor(error: OAuthErrorCode, description?: string, retryAfterSeconds?: number) {
    super(description ?? error);
    this.error = error;
    this.error_description = description;
    this.retryAfterSeconds = retryAfterSeconds;
    this.status = retryAfterSeconds !== undefined ? 429 : error === 'invalid_client' ? 401 : 400;
  }

  /** Returns the JSON body of RFC 6749, section 5.2. */
  toJSON(): { readonly error: OAuthErrorCode; readonly error_description?: string } {
    const { error, error_description } = this;
    return error_description === undefined ? { error } : { error, error_description };
  }
}
