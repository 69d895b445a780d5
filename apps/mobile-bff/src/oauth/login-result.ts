import {
  factsOfLogin,
  type LoginOutcome,
  type OAuthErrorCode,
  type SessionFacts,
} from '@bff/auth-delegation';
import type { Logger } from '@bff/service-kit';
import type { TenantDirectory } from '@bff/tenancy';

/** User who logged in, and the refresh token with which the provider can confirm the session later. */
export interface LoggedInUser {
  readonly facts: SessionFacts;
  /** Refresh token of the provider; stored only encrypted. */
  readonly refreshToken?: string | undefined;
}

/** Result of a login for the app and the user. */
export type LoginResult =
  ({ readonly kind: 'user' } & LoggedInUser) | { readonly kind: 'error'; readonly error: OAuthErrorCode };

export function loginResultOf(
  outcome: Exclude<LoginOutcome, { readonly kind: 'refused' }>,
  directory: TenantDirectory,
  log: Logger,
): LoginResult {
  switch (outcome.kind) {
    case 'logged-in': {
      const facts = factsOfLogin(outcome.login, directory, log);
      return facts
        ? { kind: 'user', facts, refreshToken: outcome.refreshToken }
        : { kind: 'error', error: 'access_denied' };
    }
    case 'not-logged-in':
      // OpenID Connect Core, section 3.1.2.6: the app learns that prompt=none failed and a user must log in.
      return { kind: 'error', error: outcome.error };
    case 'denied':
      // Other errors mean that the provider rejected our request; the user denied nothing.
      return { kind: 'error', error: outcome.error === 'access_denied' ? 'access_denied' : 'server_error' };
    case 'provider-unavailable':
      return { kind: 'error', error: 'temporarily_unavailable' };
  }
}
