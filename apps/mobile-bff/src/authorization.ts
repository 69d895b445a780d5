import {
  countedSessions,
  createAuthorizationServer,
  createRelyingParty,
  createSeal,
  createSessionStore,
  oauthPaths,
  providerFrom,
  type Now,
} from '@bff/auth-delegation';
import { type Metrics, type StateStore } from '@bff/service-kit';
import { type Config } from './config.ts';
import { type OAuthFacadeOptions } from './oauth-facade.ts';
import { sealKeys } from './oauth-settings.ts';

/** The parts of the authorization server as configured: tokens, codes, the way to the provider, the seal of cookies. */
export function createAuthorization(
  config: Config,
  store: StateStore,
  metrics: Metrics,
  now: Now,
): Omit<OAuthFacadeOptions, 'directory'> {
  const stored = createSessionStore({
    store,
    kind: 'token',
    idleMs: config.tokenIdleSeconds * 1000,
    absoluteMs: config.tokenAbsoluteSeconds * 1000,
    keepMs: config.sessionCacheSeconds * 1000,
    now,
  });
  const sessions = countedSessions(stored, metrics);
  const server = createAuthorizationServer({
    issuer: config.publicUrl,
    store,
    sessions,
    clients: config.oauthClients,
    deviceTtlSeconds: config.deviceCodeSeconds,
    intervalSeconds: config.deviceIntervalSeconds,
    now,
  });
  const relyingParty = createRelyingParty({
    ...config,
    ...providerFrom(config, config.production),
    redirectUri: config.publicUrl + oauthPaths.callback,
    replayStore: store,
    now,
  });
  return {
    store,
    sessions,
    server,
    relyingParty,
    seal: createSeal(sealKeys(config.cookieKeys), { now }),
    now,
  };
}
