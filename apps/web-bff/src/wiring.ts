import {
  createAccessDate,
  createInternalTokens,
  internalKeysFrom,
  operationPaths,
  type Now,
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
import { addressesFrom, createUpstreamClients, upstreamsFrom } from '@bff/upstream-clients';
import { createApp } from './app.ts';
import { createAuthentication } from './authentication.ts';
import type { Config } from './config.ts';
import { sessionCookieName } from './cookies.ts';
import type { DemoPageOptions } from './demo-page.ts';
import { webFamily } from './family.ts';
import { screens } from './screens.ts';

const name = 'web-bff';

/**
 * Creates and starts the service. This is the composition root: no other file combines the libs.
 * @param options.now clock of logins and sessions; default `Date.now`
 */
export async function startWebBff(
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
  const { app, shedding, authentication, internalTokens } = assemble(config, {
    log,
    metrics,
    store,
    directory,
    upstreams,
    now,
  });

  void authentication.party.prefetch();
  await authentication.marks.ready();
  await warmUp({ log, app, limitMs: config.warmUpMs, prepare: () => rehearse(config) });

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
      byPath: operationPaths(authentication.operations),
    },
    close: async () => {
      directory.close();
      await authentication.close();
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
    isLogin: ({ url = '' }) => url.startsWith('/auth/'),
  });
  const internalTokens = createInternalTokens({
    azp: name,
    keys: internalKeysFrom(config, config.production),
    ttlSeconds: config.internalTtlSeconds,
  });
  const authentication = createAuthentication(config, { state: store, metrics, log, now });
  const app = createApp({
    log,
    crossOrigin: { ...config, credentials: true },
    shareFairly: shedding.shareFairly,
    auth: { ...authentication, directory },
    signals: authentication.signals,
    caller: {
      authenticate: authentication.sessions.use,
      directory,
      trustedProxies: proxies,
      baseDomain: config.baseDomain,
      now,
    },
    bearerFor: internalTokens.bearerFor,
    callOf: upstreams.callOf,
    idempotency: createIdempotency({ store, log, receiptMs: config.writeReceiptSeconds * 1000 }),
    family: webFamily({
      sender: createSender({
        etagKey: config.etagKey,
        accessDate: createAccessDate({ isReplicated: store.isShared }),
      }),
      paging: createPaging({ key: config.etagKey }),
      bodyLimits: bodyLimits(config),
    }),
    verifyAnswers: !config.production,
    demoPage: demoPageOf(config),
  });
  return { app, shedding, authentication, internalTokens };
}

/** Creates the app that the warm-up calls: the same code with in-memory dependencies and no connections. */
export async function rehearse(config: Config): Promise<Rehearsal> {
  const world = createRehearsalWorld(services, upstreamsFrom(services, config));
  const { app, shedding, authentication } = assemble(config, { ...world, now: Date.now });
  const sessions = await Promise.all(world.users.map((facts) => authentication.store.create(facts)));
  return {
    app,
    listener: requestListener({ ...world, app, shedding }),
    steps: warmUpSteps(screens, {
      prefix: '/api',
      clients: sessions.map(({ handle }) => ({
        Cookie: `${sessionCookieName}=${handle}`,
        'X-CSRF': '1',
        'Sec-Fetch-Site': 'same-origin',
      })),
      fakes: world.fakes,
    }),
    async close() {
      await authentication.close();
      await Promise.all([world.upstreams.close(), world.store.close()]);
    },
  };
}

const demoPageOf = ({ demoPageFolder: folder, ...config }: Config): DemoPageOptions | undefined =>
  folder === undefined
    ? undefined
    : {
        folder,
        services: Object.fromEntries(
          Object.entries(addressesFrom(services, config)).map(([name, url]) => [name, new URL(url).origin]),
        ),
      };
