import {
  accessTokenVerifier,
  createAccessDate,
  createInternalTokens,
  createRehearsalTokens,
  createSessionOperations,
  createSignals,
  createTokenMarks,
  internalKeysFrom,
  operationPaths,
  providerFrom,
  publicOrigin,
  requestFacts,
  type RehearsalTokens,
  tokenSignals,
} from '@bff/auth-delegation';
import {
  createLoadShedding,
  createLogger,
  createMetrics,
  openStore,
  requestListener,
  startService,
  startTracing,
  warmUp,
  type Rehearsal,
  type Service,
} from '@bff/service-kit';
import {
  createIdempotency,
  createRehearsalWorld,
  shortestBudgetMs,
  warmUpSteps,
  type RehearsalWorld,
} from '@bff/screens';
import { screenNames } from '@bff/services/screen-names';
import { bodyLimits, createPageCursors, createSender } from '@bff/shaping';
import {
  withQuotaMetrics,
  createQuotas,
  loadTenantDirectory,
  quotasFrom,
  clientAddress,
  trustedProxies,
} from '@bff/tenancy';
import * as services from '@bff/services';
import { createUpstreamClients, upstreamsFrom } from '@bff/upstream-clients';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { versions } from './contract/versions.ts';
import { partnerFamily } from './family.ts';
import { createSealedEtags } from './sealed-etags.ts';
import { screens } from './screens.ts';

const name = 'partner-bff';

/** Creates and starts the service. This is the composition root: no other file combines the libs. */
export async function startPartnerBff(
  config: Config,
): Promise<{ service: Service; log: ReturnType<typeof createLogger> }> {
  const log = createLogger(name, config.logLevel);
  const metrics = createMetrics(name);
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
  const { app, shedding, internalTokens, marks, accessTokens, signals } = assemble(config, {
    log,
    metrics,
    store,
    directory,
    upstreams,
  });

  void accessTokens.prefetch();
  await marks.ready();
  await warmUp({ log, app, limitMs: config.warmUpMs, prepare: () => rehearse(config) });

  const service = await startService({
    ...config,
    app,
    log,
    metrics,
    shedding,
    tracing,
    // Without Redis, reads continue, quotas are counted per replica, and writes answer 503.
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

interface World extends Pick<RehearsalWorld, 'log' | 'metrics' | 'store' | 'directory' | 'upstreams'> {
  readonly findKey?: RehearsalTokens['findKey'];
}

/** Assembles the app from external dependencies: the real ones, or those of the warm-up. */
function assemble(config: Config, { log, metrics, store, directory, upstreams, findKey }: World) {
  const origins = { ...config, trustedProxies: trustedProxies(config.trustedProxies) };
  const shedding = createLoadShedding({
    ...config,
    metrics,
    budgetMs: shortestBudgetMs(screens),
    clientAddressOf: clientAddress(origins.trustedProxies),
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
    ...(findKey && { findKey }),
  });

  const served = {
    sender: createSender({
      etagKey: config.etagKey,
      accessDate: createAccessDate({ isReplicated: store.isShared }),
    }),
    cursors: createPageCursors(config.etagKey),
    tags: createSealedEtags(config.etagKey),
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
    quotas: withQuotaMetrics(createQuotas({ store, log, defaults: quotasFrom(config) }), metrics),
    bearerFor: internalTokens.bearerFor,
    callOf: upstreams.callOf,
    idempotency: createIdempotency({ store, log, receiptMs: config.writeReceiptSeconds * 1000 }),
    familyOf: (version) => partnerFamily(version, served),
    verifyAnswers: !config.production,
  });
  return { app, shedding, internalTokens, marks, accessTokens, signals };
}

/** Creates the app that the warm-up calls: the same code with in-memory dependencies and no connections. */
export async function rehearse(config: Config): Promise<Rehearsal> {
  const world = createRehearsalWorld(services, upstreamsFrom(services, config));
  const { issuer, claimNames } = providerFrom(config, config.production);
  const { tokens, findKey } = await createRehearsalTokens({
    issuer,
    claimNames,
    audience: name,
    subjects: world.users.map(({ subject }) => subject),
    tenant: world.tenant,
    scopes: [...new Set(screens.rows.flatMap(({ entry }) => entry.scopes))],
  });
  const { app, shedding, marks, signals } = assemble(config, { ...world, findKey });
  return {
    app,
    listener: requestListener({ ...world, app, shedding }),
    steps: versions.flatMap((version) =>
      warmUpSteps(screens, {
        prefix: `/${version.name}`,
        clients: tokens.map((token) => ({ Authorization: `Bearer ${token}` })),
        fakes: world.fakes,
      }),
    ),
    async close() {
      marks.close();
      await signals?.receiver.close();
      await Promise.all([world.upstreams.close(), world.store.close()]);
    },
  };
}
