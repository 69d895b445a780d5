import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { callerOf, identifyCaller } from '@bff/auth-delegation';
import {
  createLogger,
  createMemoryStore,
  createMetrics,
  Problem,
  withRequestContext,
  type StateStore,
} from '@bff/service-kit';
import { createPaging, createSender, jsonBody, notFound, parseFields, problemHandler } from '@bff/shaping';
import { createTenantDirectory, trustedProxies, type TenantDirectoryConfig } from '@bff/tenancy';
import { createUpstreamClients, type ServiceRegistry } from '@bff/upstream-clients';
import express from 'express';
import request, { type Test } from 'supertest';
import {
  createIdempotency,
  screenRouter,
  validatorMatch,
  type Family,
  type ScreenAnswer,
  type ScreenTable,
} from '../src/index.ts';
import { startUpstream, type FakeUpstream } from './upstream.ts';

type TenantConfig = Partial<TenantDirectoryConfig['tenants'][number]>;

export interface WorldOptions {
  readonly services: ServiceRegistry;
  readonly table: ScreenTable;
  /** Overrides of a tenant without a policy. */
  readonly tenants?: Readonly<Record<string, TenantConfig>>;
  readonly store?: StateStore;
  /** Store of the shared cache of upstream answers. Default: in memory only. */
  readonly sharedCache?: StateStore;
  /** Default: optional. */
  readonly requiresIdempotencyKey?: boolean;
  readonly version?: string;
  /** Default: true. */
  readonly verifyAnswers?: boolean;
}

/**
 * The caller of a request. Default: a new user of tenant t1 each time, so that no test uses another's cache
 * entries.
 */
export interface Caller {
  readonly user?: string;
  readonly tenant?: string;
  readonly client?: string;
}

export interface World {
  readonly upstream: FakeUpstream;
  readonly url: string;
  /** Every answer of a screen, as its family received it. */
  readonly answers: ScreenAnswer[];
  readonly log: readonly Readonly<Record<string, unknown>>[];
  get(path: string, caller?: Caller): Test;
  send(method: 'post' | 'put' | 'patch' | 'delete', path: string, caller?: Caller): Test;
  close(): Promise<void>;
}

const limits = { maxBytes: 65_536, maxDepth: 32 };
const key = 'k'.repeat(32);
let users = 0;

export const somebody = (): string => `u${++users}`;

/** Starts an app that serves a table over a real upstream. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { services, table, tenants = {}, store = createMemoryStore(), verifyAnswers = true } = options;
  const upstream = await startUpstream();
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({ write: (line, _, done) => (lines.push(JSON.parse(String(line))), done()) });
  const log = createLogger('test', 'info', sink);
  const upstreams = createUpstreamClients(services, {
    addresses: Object.fromEntries(Object.keys(services).map((name) => [name, upstream.address])),
    metrics: createMetrics('test'),
    log,
    retries: 0,
    ...(options.sharedCache && { cache: { store: options.sharedCache } }),
  });
  const answers: ScreenAnswer[] = [];
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(withRequestContext(log));
  app.use(
    '/api',
    identifyCaller({
      authenticate: async ({ headers }) => ({
        subject: String(headers['x-test-user']),
        tenants: [String(headers['x-test-tenant'])],
        roles: [],
        permissions: [],
        authTime: 0,
        expiresAt: 9e9,
        ...(headers['x-test-client'] !== undefined && { clientId: String(headers['x-test-client']) }),
      }),
      directory: createTenantDirectory({
        tenants: ['t1', 't2', ...Object.keys(tenants)]
          .filter((id, index, all) => all.indexOf(id) === index)
          .map((id) => ({ id, name: id, status: 'active', fields: {}, ...tenants[id] })),
      }),
      trustedProxies: trustedProxies([]),
    }),
    screenRouter(table, testFamily(options, answers), {
      callOf: upstreams.callOf,
      bearerFor:
        ({ subject }) =>
        (audience) =>
          `token of ${subject} for ${audience}`,
      idempotency: createIdempotency({ store, log }),
      verifyAnswers,
    }),
  );
  app.use(notFound());
  app.use(problemHandler());
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const as = (test: Test, { user = somebody(), tenant = 't1', client }: Caller = {}): Test => {
    void test.set('X-Test-User', user).set('X-Test-Tenant', tenant);
    return client === undefined ? test : test.set('X-Test-Client', client);
  };
  // A first request, because the first one of a process takes longer than the budgets of these tests.
  for (const { path, entry } of table.rows)
    if (entry.kind === 'screen') await as(request(url).get(`/api${path.replaceAll(/\{\w+\}/g, 'x')}`));
  upstream.reset();
  answers.length = 0;
  lines.length = 0;
  return {
    upstream,
    url,
    answers,
    log: lines,
    get: (path, caller) => as(request(url).get(`/api${path}`), caller),
    send: (method, path, caller) => as(request(url)[method](`/api${path}`), caller),
    async close() {
      server.closeAllConnections();
      server.close();
      await upstreams.close();
      await upstream.close();
    },
  };
}

/** A minimal family: resources are named by their path, and validators are hashes. */
export function testFamily(
  { requiresIdempotencyKey = false, version }: Partial<WorldOptions> = {},
  answers: ScreenAnswer[] = [],
): Family {
  const sender = createSender({ etagKey: key });
  const paging = createPaging({ key });
  return {
    name: 'test',
    ...(version !== undefined && { version }),
    guardsOf: () => [],
    readShape: ({ query: { fields } }) =>
      fields === undefined ? {} : { fields: parseFields(String(fields)) },
    userIdOf: (incoming) => callerOf(incoming).identity.subject,
    readPage(incoming, { name }) {
      const { identity, tenant } = callerOf(incoming);
      return paging.read(incoming.query, [tenant.id, identity.subject, name]);
    },
    resourceOf: ({ path }) => path,
    senderOf: () => (incoming, response, answer) => {
      answers.push(answer);
      return sender.send(incoming, response, answer);
    },
    writes: {
      requiresIdempotencyKey,
      bodyParsersOf: ({ operation }) => [
        jsonBody({ ...limits, types: [operation.contentType, 'application/json'] }),
      ],
      ...validatorMatch(sender),
      send: (incoming, response, answer) => sender.send(incoming, response, answer),
    },
  };
}

/** Returns the message that `act` throws. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

export { Problem };
