import {
  factsOfLogin,
  type LoginOutcome,
  type OAuthErrorCode,
  type SessionFacts,
} from '@bff/auth-delegation';
import type { Logger } from '@bff/service-kit';
import type { TenantDirectory } from '@bff/tenancy';

/** Who logged in, and with what the provider can be asked whether that still holds. */
export interface LoggedInUser {
  readonly facts: SessionFacts;
  /** The provider's; it is stored nowhere but sealed. */
  readonly refreshToken?: string | undefined;
}

/** What a login came to, as far as app and user are concerned. */
export type Arrival =
  ({ readonly kind: 'user' } & LoggedInUser) | { readonly kind: 'error'; readonly error: OAuthErrorCode };

export function arrivalOf(
  outcome: Exclude<LoginOutcome, { readonly kind: 'refused' }>,
  directory: TenantDirectory,
  log: Logger,
): Arrival {
  switch (outcome.kind) {
    case 'logged-in': {
      const facts = factsOfLogin(outcome.login, directory, log);
      return facts
        ? { kind: 'user', facts, refreshToken: outcome.refreshToken }
        : { kind: 'error', error: 'access_denied' };
    }
    case 'not-logged-in':
      // OpenID Connect Core, section 3.1.2.6: the app knows then that it has to ask without prompt=none.
      return { kind: 'error', error: outcome.error };
    case 'denied':
      // The other errors say that the provider does not like our request: no user has denied anything.
      return { kind: 'error', error: outcome.error === 'access_denied' ? 'access_denied' : 'server_error' };
    case 'provider-unavailable':
      return { kind: 'error', error: 'temporarily_unavailable' };
  }
}
