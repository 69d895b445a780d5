import { type RelyingParty, type SessionStore } from '@bff/auth-delegation';
import { type TenantDirectory } from '@bff/tenancy';
import { type BrowserSessions } from '../browser-sessions.ts';
import { type LoginCookies } from '../login-cookies.ts';

export interface AuthDependencies {
  /** Under which browsers reach this service. */
  readonly origin: string;
  readonly party: RelyingParty;
  readonly store: SessionStore;
  readonly sessions: BrowserSessions;
  readonly logins: LoginCookies;
  readonly directory: TenantDirectory;
}
