import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startRedis, type TestRedis } from '@bff/testbed';
import {
  createLogger,
  openStore,
  stateKey,
  type StateStore,
  type TenantId,
  type Tracing,
} from '../../src/index.ts';

const key = stateKey('t1' as TenantId, 'session', 'u1');
let lines: string;
let spans: unknown[];
let redis: TestRedis | undefined;
let store: StateStore;
const log = createLogger(
  'test',
  'info',
  new Writable({ write: (chunk, _, done) => done(void (lines += String(chunk))) }),
);
const tracing = {
  span: (...[name, options, work]: Parameters<Tracing['span']>) => {
    spans.push([name, options]);
    return work(undefined as never);
  },
} as Tracing;

beforeEach(() => {
  lines = '';
  spans = [];
});
afterEach(async () => {
  await store.close();
  await redis?.close();
});

test('without a Redis address, state is kept in memory, which is logged once, and commands are not traced', async () => {
  store = openStore({ redisTimeoutMs: 500 }, { log, tracing });
  await store.set(key, 'x', 1_000);
  expect(store.isShared).toBe(false);
  expect(lines.match(/state is kept in memory/g)).toHaveLength(1);
  expect(spans).toEqual([]);
});

test('with a Redis address, state is kept in Redis, and each command has a span that contains no key', async () => {
  redis = await startRedis();
  store = openStore({ redisUrl: redis.url, redisTimeoutMs: 5_000 }, { log, tracing });
  await store.set(key, 'x', 1_000).catch(() => undefined);
  expect(store.isShared).toBe(true);
  expect(lines).not.toContain('in memory');
  expect(spans).toEqual([['redis set', { kind: 'client', attributes: { 'db.system.name': 'redis' } }]]);
});
