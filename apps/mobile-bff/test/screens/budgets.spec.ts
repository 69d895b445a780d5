import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { actingFor, createInternalTokens, identifyCaller, internalKeysFrom } from '@bff/auth-delegation';
import { startWorld, type World } from '@bff/demo-world';
import { createDiffSync } from '@bff/diff-sync';
import {
  createLogger,
  createMemoryStore,
  createMetrics,
  Deadline,
  withRequestContext,
} from '@bff/service-kit';
import { createIdempotency, screenRouter } from '@bff/screens';
import { bodyLimits, createPaging, createSender } from '@bff/shaping';
import { loadTenantDirectory, parseTenantId, trustedProxies } from '@bff/tenancy';
import * as services from '@bff/services';
import { createUpstreamClients, upstreamsFrom, type CallScope } from '@bff/upstream-clients';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { readConfig } from '../../src/config.ts';
import { mobileFamily } from '../../src/family.ts';
import { createScreenSender } from '../../src/screen-sender.ts';
import { screens } from '../../src/screens.ts';
import { idOf, type Clients } from './id-of.ts';

/** Returns the bytes of the body, uncoded and as sent to a client with gzip (uncoded up to 1 KB). */
interface Budget {
  readonly identity: number;
  readonly gzip: number;
}
interface Account {
  readonly tenant: string;
  readonly user: string;
}

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(3, '0')}`);
const accounts: Account[] = [
  ...['alice', 'bob', 'max', ...numbered('acme-user-', 120)].map((user) => ({ tenant: 'acme', user })),
  ...['gina', 'max', ...numbered('globex-user-', 100)].map((user) => ({ tenant: 'globex', user })),
];

let world: World;
let url: string;
let clients: Clients;
let scopeOf: (account: Account) => CallScope;
let close: () => Promise<void>;

/** Serves the screens and accepts a user name as a token: 225 logins would add nothing to the measurement. */
beforeAll(async () => {
  world = await startWorld();
  const config = readConfig(world.env);
  const log = createLogger('budgets', 'silent');
  const directory = loadTenantDirectory(config.tenantsFile, { log });
  const metrics = createMetrics('budgets');
  const upstreams = createUpstreamClients(services, { ...upstreamsFrom(services, config), metrics, log });
  const { callOf } = upstreams;
  const store = createMemoryStore();
  const sync = createDiffSync({
    store,
    keys: [Buffer.from(config.etagKey)],
    baseTtlMs: 60_000,
  });
  const sender = createSender(config);
  const keys = internalKeysFrom(config, false);
  const { bearerFor } = createInternalTokens({ azp: 'mobile-bff', keys, ttlSeconds: 300 });
  const loggedIn = Math.floor(Date.now() / 1_000);
  const identityOf = ({ tenant, user }: Account) => ({
    subject: user,
    tenants: [tenant],
    roles: [],
    permissions: [],
    authTime: loggedIn,
    expiresAt: loggedIn + 3_600,
  });
  const caller = identifyCaller({
    authenticate: async ({ headers }) =>
      identityOf({ user: String(headers['x-user']), tenant: String(headers['x-tenant-id']) }),
    directory,
    trustedProxies: trustedProxies([]),
  });
  const app = express().use(withRequestContext(log));
  app.use(
    '/api',
    caller,
    screenRouter(
      screens,
      mobileFamily({
        sender,
        screens: createScreenSender({ sync, sender, metrics }),
        paging: createPaging({ key: config.etagKey }),
        bodyLimits: bodyLimits(config),
      }),
      { callOf, bearerFor, idempotency: createIdempotency({ store, log }), verifyAnswers: true },
    ),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clients = upstreams.clients;
  scopeOf = (account) => {
    const tenant = parseTenantId(account.tenant)!;
    return {
      tenant,
      identityKey: account.user,
      bearerFor: bearerFor(actingFor(identityOf(account), tenant)),
      requestId: 'budgets',
      traceparent: '',
      deadline: Deadline.after(2_000, new AbortController().signal),
    };
  };
  close = async () => {
    server.closeAllConnections();
    server.close();
    directory.close();
    await upstreams.close();
    await world.close();
  };
});
afterAll(() => close());

async function sizesOf(path: string, { tenant, user }: Account) {
  const headers = { 'X-User': user, 'X-Tenant-ID': tenant, 'Accept-Encoding': 'gzip' };
  const answer = await fetch(url + path, { headers });
  const text = await answer.text();
  expect({ path, user, status: answer.status, degraded: answer.headers.get('bff-degraded') }).toEqual({
    path,
    user,
    status: 200,
    degraded: null,
  });
  // `fetch` has decoded the body; Content-Length is the size that was sent.
  return { identity: Buffer.byteLength(text), gzip: Number(answer.headers.get('content-length')) };
}

const budgets = screens.rows.flatMap(({ path, entry }) =>
  entry.kind === 'screen' ? [{ screen: entry.name, path, bytes: entry.bytes }] : [],
);
async function pathOf(path: string, account: Account): Promise<string | undefined> {
  if (!path.includes('{')) return `/api${path}`;
  const id = await idOf(clients, account.user, scopeOf(account));
  return id && `/api${path.replaceAll(/\{\w+\}/g, id)}`;
}

test.each(budgets)('$screen declares a byte budget', ({ bytes }) => {
  expect(bytes).toEqual({ identity: expect.any(Number), gzip: expect.any(Number) });
});

test.each(budgets)(
  '$screen is within its byte budget for every seeded user',
  async ({ screen, path: template, bytes }) => {
    const budget = bytes as Budget;
    const over: string[] = [];
    const largest = { identity: 0, gzip: 0 };
    const queue = [...accounts];
    const work = async (): Promise<void> => {
      for (let account = queue.pop(); account; account = queue.pop()) {
        const path = await pathOf(template, account);
        if (path === undefined) continue;
        const sizes = await sizesOf(path, account);
        for (const coding of ['identity', 'gzip'] as const) {
          const bytes = sizes[coding];
          const whose = `${screen} of ${account.user} (${account.tenant})`;
          largest[coding] = Math.max(largest[coding], bytes);
          if (bytes > budget[coding])
            over.push(`${whose}: ${bytes} bytes (${coding}), budget ${budget[coding]}`);
        }
      }
    };
    await Promise.all(Array.from({ length: 6 }, work));
    expect(over.sort()).toEqual([]);
    // A budget far above the largest answer would hide its growth.
    for (const coding of ['identity', 'gzip'] as const)
      if (budget[coding] > largest[coding] * 1.15)
        over.push(`${screen}: the largest is ${largest[coding]} bytes (${coding}), budget ${budget[coding]}`);
    expect(over).toEqual([]);
  },
  60_000,
);
