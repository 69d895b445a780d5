import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createLogger,
  createMemoryStore,
  createRedisStore,
  StateUnavailable,
  type StateStore,
} from '@bff/service-kit';
import { startRedis, succeeds, until, type TestRedis } from '@bff/testbed';
import { createQuotas, quotaHeaders, type QuotaPolicies } from '../../src/index.ts';
import { directoryOf, someTenant } from '../some-tenants.ts';

const log = createLogger('test', 'silent');
const defaults: QuotaPolicies = {
  burst: { limit: 3, windowSeconds: 60 },
  daily: { limit: 5, windowSeconds: 86_400 },
};
const t1 = directoryOf(someTenant('t1')).find('t1')!;
const t2 = directoryOf(someTenant('t2')).find('t2')!;
const midnight = Date.UTC(2026, 0, 1);

let at: number;
beforeEach(() => {
  at = midnight;
});
const now = () => at;
const quotasOver = (store: StateStore) => createQuotas({ store, defaults, log, now });
const memory = () => createMemoryStore({ clock: now });

describe('T4 quotas in the response fields', () => {
  test('the response fields report the remaining quota, and an exhausted quota rejects requests until its window ends', async () => {
    const quotas = quotasOver(memory());
    at = midnight + 29_500;
    expect(quotaHeaders(await quotas.admit(t1, 'erp'))).toEqual({
      'RateLimit-Policy': '"burst";q=3;w=60, "daily";q=5;w=86400',
      RateLimit: '"burst";r=2;t=31, "daily";r=4;t=86371',
    });
    await quotas.admit(t1, 'erp');
    await quotas.admit(t1, 'erp');
    expect(quotaHeaders(await quotas.admit(t1, 'erp'))).toEqual({
      'RateLimit-Policy': '"burst";q=3;w=60, "daily";q=5;w=86400',
      RateLimit: '"burst";r=0;t=31',
      'Retry-After': '31',
    });
    at += 31_000;
    expect((await quotas.admit(t1, 'erp')).exceeded).toBeUndefined();
  });

  test('the daily quota does not count the requests that the burst quota rejected', async () => {
    const quotas = quotasOver(memory());
    for (let i = 0; i < 10; i++) await quotas.admit(t1, 'erp');
    at += 60_000;
    const verdicts = [];
    for (let i = 0; i < 3; i++) verdicts.push((await quotas.admit(t1, 'erp')).exceeded?.name);
    expect(verdicts).toEqual([undefined, undefined, 'daily']);
  });

  test('T1 clients and tenants have separate counters, whatever characters their names have', async () => {
    const store = memory();
    const quotas = quotasOver(store);
    for (const [tenant, client] of [
      [t1, 'erp'],
      [t2, 'erp'],
      [t1, 'crm'],
      [t1, 'erp:burst'],
      [t1, 'erp%3Aburst'],
    ] as const)
      expect((await quotas.admit(tenant, client)).standings[0]?.remaining).toBe(2);
  });

  test("a tenant's own quota applies as soon as it is in the directory", async () => {
    const quotas = quotasOver(memory());
    for (let i = 0; i < 4; i++) await quotas.admit(t1, 'erp');
    const raised = directoryOf(someTenant('t1', { quotas: { burst: { limit: 10, windowSeconds: 60 } } }));
    expect((await quotas.admit(raised.find('t1')!, 'erp')).exceeded).toBeUndefined();
    expect((await quotas.admit(t1, 'erp')).exceeded?.name).toBe('burst');
  });

  test('a client above its limit causes no store commands', async () => {
    const store = memory();
    let commands = 0;
    const counted: StateStore = { ...store, count: (counters) => (commands++, store.count(counters)) };
    const quotas = quotasOver(counted);
    for (let i = 0; i < 100; i++) await quotas.admit(t1, 'erp');
    expect(commands).toBe(3);
  });
});

describe('T4 while the store is down', () => {
  const down: StateStore = {
    ...memory(),
    count: () => Promise.reject(new StateUnavailable('down')),
  };

  test('while the store is down, each process counts the requests against a quota alone', async () => {
    const quotas = quotasOver(down);
    const admitted = [];
    for (let i = 0; i < 10; i++) admitted.push((await quotas.admit(t1, 'erp')).exceeded === undefined);
    expect(admitted.filter(Boolean)).toHaveLength(3);
  });

  test('while the store is down, quotas call the store once a second, and they use the store again when it is back', async () => {
    let asked = 0;
    let broken = true;
    const store = memory();
    const quotas = quotasOver({
      ...store,
      count: (counters) => (
        asked++,
        broken ? Promise.reject(new StateUnavailable('x')) : store.count(counters)
      ),
    });
    for (let i = 0; i < 3; i++) await quotas.admit(t1, `client ${i}`);
    expect(asked).toBe(1);
    broken = false;
    at += 1_000;
    await quotas.admit(t1, 'erp');
    expect(asked).toBe(2);
  });

  test('an error of the store that is not an outage rejects the quota check', async () => {
    const quotas = quotasOver({ ...memory(), count: () => Promise.reject(new TypeError('a bug')) });
    await expect(quotas.admit(t1, 'erp')).rejects.toThrow('a bug');
  });
});

describe('T4 replicas on one Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  test('replicas on one Redis together admit exactly as many requests as the quota', async () => {
    const stores = [1, 2, 3].map(() => createRedisStore({ url: redis.url, log, commandTimeoutMs: 30_000 }));
    for (const store of stores) await until(() => succeeds(store.ping()));
    const replicas = stores.map((store) =>
      createQuotas({
        store,
        log,
        now,
        defaults: {
          ...defaults,
          burst: { limit: 100, windowSeconds: 60 },
          daily: { limit: 1_000, windowSeconds: 86_400 },
        },
      }),
    );
    const verdicts = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => replicas[index % 3]!.admit(t1, 'erp')),
    );
    expect(verdicts.filter(({ exceeded }) => !exceeded)).toHaveLength(100);
    const ttl = redis
      .cli('--scan', '--pattern', '{t1}:limit:*')
      .trim()
      .split('\n')
      .map((key) => Number(redis.cli('pttl', key)));
    expect(ttl).toHaveLength(2);
    for (const each of ttl) expect(each).toBeGreaterThan(0);
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe('the directory', () => {
  test.each([
    ['a misspelt quota', { bursts: { limit: 1, windowSeconds: 1 } }],
    ['a quota of 0 requests', { burst: { limit: 0, windowSeconds: 1 } }],
    ['a quota that is not an integer', { daily: { limit: 1.5, windowSeconds: 1 } }],
    ['a quota without a window', { daily: { limit: 1 } }],
    ['a quota with an unknown member', { daily: { limit: 1, windowSeconds: 1, unit: 'day' } }],
  ])('a tenant directory with %s is rejected', (_title, quotas) => {
    expect(() => directoryOf(someTenant('t1', { quotas: quotas as never }))).toThrow(/quotas/);
  });
});
