import {
  createRelyingParty,
  createSeal,
  countedSessions,
  createSessionStore,
  providerFrom,
  type Now,
} from '@bff/auth-delegation';
import { type Metrics, type StateStore } from '@bff/service-kit';
import { type AuthDependencies } from './auth/dependencies.ts';
import { createBrowserSessions } from './browser-sessions.ts';
import { type Config } from './config.ts';
import { createSessionCookie } from './cookies.ts';
import { createLoginCookies } from './login-cookies.ts';
import { sealKeys } from './login-settings.ts';

/** Login and session as configured: the way to the provider, the sessions, the cookies. */
export function createAuthentication(
  config: Config,
  state: StateStore,
  metrics: Metrics,
  now: Now,
): Omit<AuthDependencies, 'directory'> {
  const { origin } = new URL(config.publicUrl);
  const party = createRelyingParty({
    ...config,
    ...providerFrom(config, config.production),
    redirectUri: `${origin}/auth/callback`,
    replayStore: state,
    now,
  });
  const sessions = createSessionStore({
    store: state,
    kind: 'session',
    idleMs: config.sessionIdleSeconds * 1000,
    absoluteMs: config.sessionAbsoluteSeconds * 1000,
    keepMs: config.sessionCacheSeconds * 1000,
    now,
  });
  const store = countedSessions(sessions, metrics);
  return {
    origin,
    party,
    store,
    sessions: createBrowserSessions(store, createSessionCookie(config.sameSite)),
    logins: createLoginCookies(createSeal(sealKeys(config.cookieKeys), { now })),
  };
}
