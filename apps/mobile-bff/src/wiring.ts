import {
  createAccessDate,
  createInternalTokens,
  internalKeysFrom,
  operationPaths,
  type Now,
} from '@bff/auth-delegation';
import { createDiffSync, removeOutdatedBases } from '@bff/diff-sync';
import {
  createLoadShedding,
  createLogger,
  createMetrics,
  openStore,
  requestListener,
  startService,
  startTracing,
  warmUp,
  type Logger,
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
import { bodyLimits, createPaging, createSender } from '@bff/shaping';
import { loadTenantDirectory, clientAddress, trustedProxies } from '@bff/tenancy';
import * as services from '@bff/services';
import { createUpstreamClients, upstreamsFrom } from '@bff/upstream-clients';
import { createApp } from './app.ts';
import { createAuthorization } from './authorization.ts';
import { bearerAuthentication } from './bearer.ts';
import type { Config } from './config.ts';
import { mobileFamily } from './family.ts';
import { createScreenSender } from './screen-sender.ts';
import { screens } from './screens.ts';
import { countReplacedArrays } from './sync-metrics.ts';

const name = 'mobile-bff';

/**
 * Creates and starts the service. This is the composition root: no other file combines the libs.
 * @param options.now clock of logins, codes and tokens; default `Date.now`
 */
export async function startMobileBff(
  config: Config,
  { now = Date.now }: { readonly now?: Now } = {},
): Promise<{ service: Service; log: Logger }> {
  const log = createLogger(name, config.logLevel);
  const metrics = createMetrics(name);
  const tracing = await startTracing(name, config);
  const store = openStore(config, { log, tracing });
  const directory = loadTenantDirectory(config.tenantsFile, {
    log,
    screenNames,
    ...(config.tenantsShared && { store }),
    now,
  });
  const upstreams = createUpstreamClients(services, {
    ...upstreamsFrom(services, config, store),
    metrics,
    log,
    tracing,
  });
  const { app, shedding, authorization, internalTokens, sync } = assemble(config, {
    log,
    metrics,
    store,
    directory,
    upstreams,
    now,
  });

  void authorization.relyingParty.prefetch();
  await authorization.marks.ready();
  await warmUp({ log, app, limitMs: config.warmUpMs, prepare: () => rehearse(config) });

  const outdatedBases = removeOutdatedBases({ store, service: name, policies: directory, log });

  const service = await startService({
    ...config,
    app,
    log,
    metrics,
    shedding,
    tracing,
    readiness: { store: () => store.check(), tenants: () => directory.ready() },
    json: { '/.well-known/jwks.json': internalTokens.jwks },
    operations: {
      token: config.operatorToken,
      tokenSetting: 'OPERATOR_TOKEN',
      byPath: operationPaths(authorization.operations),
    },
    close: async () => {
      directory.close();
      outdatedBases.stop();
      await authorization.close();
      await sync.settled();
      await Promise.all([upstreams.close(), store.close()]);
    },
  });
  return { service, log };
}

interface World extends Pick<RehearsalWorld, 'log' | 'metrics' | 'store' | 'directory' | 'upstreams'> {
  readonly now: Now;
}

/** Assembles the app from external dependencies: the real ones, or those of the warm-up. */
function assemble(config: Config, { log, metrics, store, directory, upstreams, now }: World) {
  const proxies = trustedProxies(config.trustedProxies);
  const shedding = createLoadShedding({
    ...config,
    metrics,
    budgetMs: shortestBudgetMs(screens),
    clientAddressOf: clientAddress(proxies),
    isLogin: ({ url = '' }) => url.startsWith('/oauth/'),
  });
  const internalTokens = createInternalTokens({
    azp: name,
    keys: internalKeysFrom(config, config.production),
    ttlSeconds: config.internalTtlSeconds,
  });
  const authorization = createAuthorization(config, { store, metrics, log, now });
  const sync = createDiffSync({
    store,
    keys: tokenKeys(config),
    baseTtlMs: config.syncBaseTtlSeconds * 1000,
    onReplacedArray: countReplacedArrays(metrics, config.production ? undefined : log),
    now,
    log,
  });
  const sender = createSender({
    etagKey: config.etagKey,
    accessDate: createAccessDate({ isReplicated: store.isShared }),
  });

  const app = createApp({
    log,
    crossOrigin: config,
    shareFairly: shedding.shareFairly,
    oauth: { ...authorization, directory },
    signals: authorization.signals,
    caller: {
      authenticate: bearerAuthentication(authorization),
      directory,
      trustedProxies: proxies,
      baseDomain: config.baseDomain,
      now,
    },
    bearerFor: internalTokens.bearerFor,
    callOf: upstreams.callOf,
    idempotency: createIdempotency({ store, log, receiptMs: config.writeReceiptSeconds * 1000 }),
    family: mobileFamily({
      sender,
      screens: createScreenSender({ sync, sender, metrics }),
      paging: createPaging({ key: config.etagKey, previousKey: config.previousEtagKey }),
      bodyLimits: bodyLimits(config),
    }),
    verifyAnswers: !config.production,
  });
  return { app, shedding, authorization, internalTokens, sync };
}

/** Creates the app that the warm-up calls: the same code with in-memory dependencies and no connections. */
export async function rehearse(config: Config): Promise<Rehearsal> {
  const world = createRehearsalWorld(services, upstreamsFrom(services, config));
  const { app, shedding, authorization, sync } = assemble(config, { ...world, now: Date.now });
  const sessions = await Promise.all(
    world.users.map((facts) => authorization.sessions.create({ ...facts, clientId: 'warm-up' })),
  );
  return {
    app,
    listener: requestListener({ ...world, app, shedding }),
    steps: warmUpSteps(screens, {
      prefix: '/api',
      clients: sessions.map(({ handle }) => ({ Authorization: `Bearer ${handle}` })),
      takesPatches: true,
      fakes: world.fakes,
    }),
    async close() {
      await authorization.close();
      await sync.settled();
      await Promise.all([world.upstreams.close(), world.store.close()]);
    },
  };
}

const tokenKeys = ({ etagKey, previousEtagKey }: Config): [Buffer, ...Buffer[]] => [
  Buffer.from(etagKey),
  ...(previousEtagKey === undefined ? [] : [Buffer.from(previousEtagKey)]),
];
