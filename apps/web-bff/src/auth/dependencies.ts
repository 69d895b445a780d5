import type {
  FinishedLogins,
  LogoutReceiver,
  Now,
  RelyingParty,
  Revalidation,
  RollbackWatch,
  SessionStore,
  UserSessions,
} from '@bff/auth-delegation';
import type { TenantDirectory } from '@bff/tenancy';
import type { BrowserSessions } from '../browser-sessions.ts';
import type { LoginCookies } from './login-cookies.ts';
import type { RenewalCookie } from './renewal-cookie.ts';

export interface AuthDependencies {
  /** Origin under which browsers reach this service. */
  readonly origin: string;
  readonly party: RelyingParty;
  readonly store: SessionStore;
  /** Sessions of the user in browsers and apps. */
  readonly userSessions: UserSessions;
  readonly logouts: LogoutReceiver;
  readonly rollbacks: RollbackWatch;
  readonly sessions: BrowserSessions;
  readonly logins: LoginCookies;
  readonly finishedLogins: FinishedLogins;
  /** Undefined if sessions are not revalidated at the provider. */
  readonly revalidation: Revalidation | undefined;
  readonly renewals: RenewalCookie;
  readonly now: Now;
  readonly directory: TenantDirectory;
}
