import {
  accessTokenVerifier,
  createAccessDate,
  createInternalTokens,
  createSessionOperations,
  createSignals,
  createTokenMarks,
  internalKeysFrom,
  operationPaths,
  providerFrom,
  publicOrigin,
  requestFacts,
  tokenSignals,
} from '@bff/auth-delegation';
import {
  createLoadShedding,
  createLogger,
  createMetrics,
  openStore,
  startService,
  startTracing,
  type Service,
} from '@bff/service-kit';
import { createIdempotency, shortestBudgetMs } from '@bff/screens';
import { screenNames } from '@bff/services/screen-names';
import { bodyLimits, createPageCursors, createSender } from '@bff/shaping';
import {
  countedQuotas,
  createQuotas,
  loadTenantDirectory,
  quotasFrom,
  clientAddress,
  trustedProxies,
} from '@bff/tenancy';
import * as services from '@bff/services';
import { createUpstreamClients, upstreamsFrom } from '@bff/upstream-clients';
import { createApp } from './app.ts';
import { type Config } from './config.ts';
import { partnerFamily } from './family.ts';
import { createResourceTags } from './resource-tags.ts';
import { screens } from './screens.ts';

const name = 'partner-bff';

/** The only place where the libs meet. */
export async function startPartnerBff(
  config: Config,
): Promise<{ service: Service; log: ReturnType<typeof createLogger> }> {
  const log = createLogger(name, config.logLevel);
  const metrics = createMetrics(name);
  const shedding = createLoadShedding({
    ...config,
    metrics,
    budgetMs: shortestBudgetMs(screens),
    clientAddressOf: clientAddress(trustedProxies(config.trustedProxies)),
  });
  const tracing = await startTracing(name, config);
  const store = openStore(config, { log, tracing });
  const directory = loadTenantDirectory(config.tenantsFile, {
    log,
    screenNames,
    ...(config.tenantsShared && { store }),
  });
  const upstreams = createUpstreamClients(services, {
    ...upstreamsFrom(services, config, store),
    metrics,
    log,
    tracing,
  });
  const internalTokens = createInternalTokens({
    azp: name,
    keys: internalKeysFrom(config, config.production),
    ttlSeconds: config.internalTtlSeconds,
  });
  const marks = createTokenMarks(store, log);
  const signals = createSignals(config, {
    actions: tokenSignals(marks, config.issuer),
    store,
    metrics,
    log,
  });
  const accessTokens = accessTokenVerifier({
    ...providerFrom(config, config.production),
    audience: name,
    replayStore: store,
    marks,
    log,
    trustedProxies: config.trustedProxies,
    clientCertHeader: config.clientCertHeader,
  });

  void accessTokens.prefetch();

  const origins = { ...config, trustedProxies: trustedProxies(config.trustedProxies) };
  const served = {
    sender: createSender({
      etagKey: config.etagKey,
      accessDate: createAccessDate({ isReplicated: store.isShared }),
    }),
    cursors: createPageCursors(config.etagKey),
    tags: createResourceTags(config.etagKey),
    bodyLimits: bodyLimits(config),
  };

  const app = createApp({
    log,
    signals,
    crossOrigin: config,
    shareFairly: shedding.shareFairly,
    caller: {
      authenticate: (request) => accessTokens.verify(requestFacts(request, publicOrigin(request, origins))),
      directory,
      trustedProxies: origins.trustedProxies,
      baseDomain: config.baseDomain,
    },
    quotas: countedQuotas(createQuotas({ store, log, defaults: quotasFrom(config) }), metrics),
    bearerFor: internalTokens.bearerFor,
    callOf: upstreams.callOf,
    idempotency: createIdempotency({ store, log }),
    familyOf: (version) => partnerFamily(version, served),
    verifyAnswers: !config.production,
  });
  await marks.ready();
  const service = await startService({
    ...config,
    app,
    log,
    metrics,
    shedding,
    tracing,
    // Without Redis reads go on, limits are local, and a write says 503.
    dispensable: ['store'],
    readiness: { store: () => store.check(), tenants: () => directory.ready() },
    json: { '/.well-known/jwks.json': internalTokens.jwks },
    operations: {
      token: config.operatorToken,
      tokenSetting: 'OPERATOR_TOKEN',
      byPath: operationPaths(createSessionOperations({ endings: marks, issuer: config.issuer, log })),
    },
    close: async () => {
      directory.close();
      marks.close();
      await signals?.receiver.close();
      await Promise.all([upstreams.close(), store.close()]);
    },
  });
  return { service, log };
}
