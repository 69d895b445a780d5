import {
  clientFrom,
  createEndMarks,
  createFinishedLogins,
  createRelyingParty,
  createSeal,
  withSessionMetrics,
  createSessionStore,
  createSignals,
  createAgentAccesses,
  createTokenMarks,
  createUserSessions,
  endingSessions,
  providerFrom,
  createSessionOperations,
  type EndMarks,
  type Signals,
  revalidationFrom,
  sessionRevalidation,
  sessionSignals,
  watchRollbacks,
  type Now,
  type RelyingPartyOptions,
} from '@bff/auth-delegation';
import type { Logger, Metrics, StateStore } from '@bff/service-kit';
import type { AuthDependencies } from './auth/dependencies.ts';
import { createBrowserSessions } from './browser-sessions.ts';
import type { Config } from './config.ts';
import { createSessionCookie } from './cookies.ts';
import { createLoginCookies } from './auth/login-cookies.ts';
import { sealKeys } from './login-settings.ts';
import { createRenewalCookie } from './auth/renewal-cookie.ts';

/** Returns the registration of this app as a client (relying party) of the identity provider. */
export const relyingPartyOf = (config: Config): Omit<RelyingPartyOptions, 'replayStore'> => ({
  ...config,
  ...providerFrom(config, config.production),
  ...clientFrom(config),
  redirectUri: `${new URL(config.publicUrl).origin}/auth/callback`,
});

/** Returns the lifetimes of sessions, in milliseconds. */
export const sessionLimitsOf = (config: Config) => ({
  kind: 'session' as const,
  idleMs: config.sessionIdleSeconds * 1000,
  absoluteMs: config.sessionAbsoluteSeconds * 1000,
});

interface AuthenticationParts {
  readonly state: StateStore;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: Now;
}

/** Interfaces by which operators and the identity provider end sessions. */
interface Operated {
  readonly marks: EndMarks;
  readonly operations: ReturnType<typeof createSessionOperations>;
  readonly signals: Signals | undefined;
  /**
   * Stops watching the store, after one more attempt to process pending logout tokens and security events.
   */
  close(): Promise<void>;
}

/** Creates login and sessions from the settings: relying party, session store, cookies. */
export function createAuthentication(
  config: Config,
  { state, metrics, log, now }: AuthenticationParts,
): Omit<AuthDependencies, 'directory'> & Operated {
  const { origin } = new URL(config.publicUrl);
  const revalidating = revalidationFrom(config);
  const keys = sealKeys(config.cookieKeys);
  const party = createRelyingParty({
    ...relyingPartyOf(config),
    replayStore: state,
    log,
    wantsRefreshToken: revalidating !== undefined,
    now,
  });
  const rollbacks = watchRollbacks({ store: state, log, now });
  const limits = sessionLimitsOf(config);
  const marks = createEndMarks({ store: state, area: limits.kind, ttlMs: limits.absoluteMs, log, now });
  const sessions = createSessionStore({
    store: state,
    ...limits,
    keepMs: config.sessionCacheSeconds * 1000,
    confirmMs: revalidating?.intervalMs,
    rollbacks,
    marks,
    now,
  });
  const store = withSessionMetrics(sessions, metrics);
  const revalidation = sessionRevalidation(config, {
    store: state,
    kind: 'session',
    sessions: store,
    party,
    keys,
    app: 'web-bff',
    log,
    metrics,
    now,
  });
  const logouts = party.receiveLogouts(endingSessions(store, log), log);
  const accessMarks = createTokenMarks(state, log, now);
  const agents = createAgentAccesses({ store: state, marks: accessMarks, log, now });
  const signals = createSignals(config, {
    actions: sessionSignals(store, config.issuer),
    store: state,
    metrics,
    log,
    now,
  });
  return {
    origin,
    party,
    store,
    userSessions: createUserSessions({ sessions: store, area: limits.kind, store: state, agents, now }),
    logouts,
    sessions: createBrowserSessions(store, createSessionCookie(config.sameSite), now),
    logins: createLoginCookies(createSeal(keys, { now })),
    finishedLogins: createFinishedLogins(state, now),
    rollbacks,
    marks,
    signals,
    operations: createSessionOperations({ endings: store, issuer: config.issuer, log, now }),
    revalidation,
    renewals: createRenewalCookie(config.sameSite),
    now,
    async close() {
      marks.close();
      accessMarks.close();
      rollbacks.close();
      await logouts.close();
      await signals?.receiver.close();
    },
  };
}
