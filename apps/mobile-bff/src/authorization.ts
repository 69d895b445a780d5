import {
  clientFrom,
  withSessionMetrics,
  createAuthorizationServer,
  createEndMarks,
  createFinishedLogins,
  createKeyBinding,
  createRelyingParty,
  createSeal,
  createSessionOperations,
  createSessionStore,
  createSignals,
  createAgentAccesses,
  createTokenMarks,
  createUserSessions,
  endingSessions,
  maxTokenLength,
  oauthPaths,
  providerFrom,
  publicOrigin,
  requestFacts,
  revalidationFrom,
  sessionRevalidation,
  sessionSignals,
  watchRollbacks,
  type EndMarks,
  type Signals,
  type Now,
  type RelyingPartyOptions,
} from '@bff/auth-delegation';
import type { Logger, Metrics, StateStore } from '@bff/service-kit';
import { clientAddress, createRateLimit, trustedProxies } from '@bff/tenancy';
import type { Config } from './config.ts';
import type { OAuthFacadeOptions } from './oauth-facade.ts';
import { sealKeys } from './oauth-settings.ts';

/** Returns the registration of this app as a client (relying party) of the identity provider. */
export const relyingPartyOf = (config: Config): Omit<RelyingPartyOptions, 'replayStore'> => ({
  ...config,
  ...providerFrom(config, config.production),
  ...clientFrom(config),
  redirectUri: config.publicUrl + oauthPaths.callback,
});

/** Returns the lifetimes of tokens, in milliseconds. */
export const sessionLimitsOf = (config: Config) => ({
  kind: 'token' as const,
  idleMs: config.tokenIdleSeconds * 1000,
  absoluteMs: config.tokenAbsoluteSeconds * 1000,
  bound: {
    idleMs: config.boundTokenIdleSeconds * 1000,
    absoluteMs: config.boundTokenAbsoluteSeconds * 1000,
  },
});

interface AuthorizationParts {
  readonly store: StateStore;
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

/** Creates the authorization server from the settings: tokens, codes, relying party, cookie encryption. */
export function createAuthorization(
  config: Config,
  { store, metrics, log, now }: AuthorizationParts,
): Omit<OAuthFacadeOptions, 'directory'> & Operated {
  const revalidating = revalidationFrom(config);
  const keys = sealKeys(config.cookieKeys);
  const proxies = trustedProxies(config.trustedProxies);
  const rollbacks = watchRollbacks({ store, log, now });
  const limits = sessionLimitsOf(config);
  const marks = createEndMarks({
    store,
    area: limits.kind,
    ttlMs: Math.max(limits.absoluteMs, limits.bound.absoluteMs),
    log,
    now,
  });
  const stored = createSessionStore({
    store,
    ...limits,
    marks,
    keepMs: config.sessionCacheSeconds * 1000,
    confirmMs: revalidating?.intervalMs,
    rollbacks,
    now,
  });
  const sessions = withSessionMetrics(stored, metrics);
  const relyingParty = createRelyingParty({
    ...relyingPartyOf(config),
    replayStore: store,
    log,
    wantsRefreshToken: revalidating !== undefined,
    now,
  });
  const revalidation = sessionRevalidation(config, {
    store,
    kind: 'token',
    sessions,
    party: relyingParty,
    keys,
    app: 'mobile-bff',
    maxLength: maxTokenLength,
    alwaysRotates: true,
    graceMs: config.refreshGraceSeconds * 1000,
    log,
    metrics,
    now,
  });
  const limit = (name: string, max: number) =>
    createRateLimit({ name, limit: max, windowSeconds: 60, store, log, now });
  const seal = createSeal(keys, { now });
  const server = createAuthorizationServer({
    issuer: config.publicUrl,
    store,
    sessions,
    clients: config.oauthClients,
    seal,
    revalidation,
    deviceTtlSeconds: config.deviceCodeSeconds,
    intervalSeconds: config.deviceIntervalSeconds,
    deviceLimits: {
      perAddress: limit('device-address', config.devicesPerAddress),
      perClient: limit('device-client', config.devicesPerClient),
    },
    now,
  });
  const logouts = relyingParty.receiveLogouts(endingSessions(sessions, log), log);
  const accessMarks = createTokenMarks(store, log, now);
  const agents = createAgentAccesses({ store, marks: accessMarks, log, now });
  const signals = createSignals(config, {
    actions: sessionSignals(sessions, config.issuer),
    store,
    metrics,
    log,
    now,
  });
  return {
    store,
    sessions,
    userSessions: createUserSessions({ sessions, area: limits.kind, store, agents, now }),
    rollbacks,
    marks,
    signals,
    operations: createSessionOperations({ endings: sessions, issuer: config.issuer, log, now }),
    logouts,
    server,
    keyBinding: createKeyBinding({ replayStore: store, clockToleranceSeconds: 30, now }),
    factsOf: (request) =>
      requestFacts(request, publicOrigin(request, { ...config, trustedProxies: proxies })),
    clientAddressOf: clientAddress(proxies),
    relyingParty,
    seal,
    finishedLogins: createFinishedLogins(store, now),
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
