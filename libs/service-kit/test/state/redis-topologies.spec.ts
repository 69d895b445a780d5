import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startRedis, succeeds, until } from '@bff/testbed';
import {
  createLogger,
  createRedisStore,
  stateKey,
  StateFull,
  StateUnavailable,
  type StateStore,
  type TenantId,
} from '../../src/index.ts';
import { startCluster, startSentinels } from './redis-topologies.ts';

const log = createLogger('test', 'silent');
const keyOf = (tenant: string) => stateKey(tenant as TenantId, 'session', 'x');
const ready = (store: StateStore) => until(() => succeeds(store.ping()));

describe('Redis with sentinels', () => {
  test('F41 when the master dies, commands and readiness fail at once and then use the new master with its replicated data, and the outage and the recovery are logged in one line each', async () => {
    const redis = await startSentinels();
    const lines: { readonly level: string; readonly msg: string }[] = [];
    const sink = new Writable({ write: (chunk, _, done) => (lines.push(JSON.parse(String(chunk))), done()) });
    const store = createRedisStore({ url: redis.url, log: createLogger('test', 'info', sink) });
    const heard: string[] = [];
    const listening = store.listen('session-ended', (text) => heard.push(text));
    try {
      await ready(store);
      await until(() => listening.epoch !== undefined);
      const before = listening.epoch;
      await store.set(keyOf('t1'), 'kept', 600_000);
      // Gives the replica time to receive the value, which the new master must have.
      await new Promise((resolve) => setTimeout(resolve, 200));
      await redis.killServing();
      const refused = store.set(keyOf('t1'), 'never', 600_000);
      await expect(refused).rejects.toBeInstanceOf(StateUnavailable);
      await expect(store.check()).rejects.toBeInstanceOf(StateUnavailable);
      await until(() => succeeds(store.set(keyOf('t2'), 'after', 600_000)), { withinMs: 30_000 });
      expect(String(await store.get(keyOf('t1')))).toBe('kept');
      expect(String(await store.get(keyOf('t2')))).toBe('after');
      await until(() => listening.epoch !== undefined && listening.epoch !== before);
      await store.publish('session-ended', 'of the new master');
      await until(() => heard.length === 1);
      expect(await store.check()).toBeUndefined();
      expect(lines.map(({ msg }) => msg)).toEqual([
        'state store ready',
        'state store disconnected',
        'state store reconnected',
      ]);
    } finally {
      await store.close();
      await redis.close();
    }
  }, 90_000);
});

describe('Redis Cluster', () => {
  test('in a Redis Cluster, tenants are spread over the nodes, a transaction stays on one node, and a node that dies affects only its own tenants', async () => {
    const redis = await startCluster();
    const store = createRedisStore({ url: redis.url, log });
    const tenants = Array.from({ length: 20 }, (_, i) => `tenant-${i}`);
    const heard: string[] = [];
    const listening = store.listen('session-ended', (text) => heard.push(text));
    try {
      await ready(store);
      await until(() => listening.epoch !== undefined);
      await store.publish('session-ended', 'x');
      await until(() => heard.length === 1);
      for (const tenant of tenants) {
        await store.set(keyOf(tenant), tenant, 600_000);
        expect(await store.increment(stateKey(tenant as TenantId, 'limit', 'x'), 2, 600_000)).toBe(2);
        const counters = ['y', 'z'].map((name) => ({
          key: stateKey(tenant as TenantId, 'limit', name),
          limit: 1,
          ttlMs: 600_000,
        }));
        expect(await store.count(counters)).toEqual([1, 1]);
        await store.setAdd(stateKey(tenant as TenantId, 'sync', 'x'), 'member', 600_000);
        expect(await store.setMembers(stateKey(tenant as TenantId, 'sync', 'x'))).toEqual(['member']);
      }
      const before = await Promise.all(tenants.map(async (tenant) => String(await store.get(keyOf(tenant)))));
      expect(before).toEqual(tenants);

      await redis.killServing(keyOf('tenant-0'));
      await expect(store.get(keyOf('tenant-0'))).rejects.toBeInstanceOf(StateUnavailable);
      const served = await until(async () => {
        const each = await Promise.all(tenants.map((tenant) => succeeds(store.get(keyOf(tenant)))));
        return each.filter(Boolean).length >= 5 && each;
      });
      expect(served[0]).toBe(false);
    } finally {
      await store.close();
      await redis.close();
    }
  }, 90_000);
});

describe('a full or frozen Redis', () => {
  test('when Redis is full, writes reject, reads and deletions work, and freed memory is used again', async () => {
    const redis = await startRedis();
    const store = createRedisStore({ url: redis.url, log });
    const key = keyOf('t1');
    try {
      await ready(store);
      await store.set(key, 'here', 600_000);
      redis.cli('config', 'set', 'maxmemory-policy', 'noeviction');
      redis.cli('config', 'set', 'maxmemory', '1');
      const counter = stateKey('t1' as TenantId, 'limit', 'x');
      await expect(store.set(key, 'more', 1_000)).rejects.toBeInstanceOf(StateFull);
      await expect(store.replace(key, 'more', 1_000)).rejects.toBeInstanceOf(StateFull);
      await expect(store.increment(counter, 1, 1_000)).rejects.toBeInstanceOf(StateFull);
      await expect(store.setAdd(counter, 'm', 1_000)).rejects.toBeInstanceOf(StateFull);
      expect(String(await store.get(key))).toBe('here');
      expect(await store.touch(key, 600_000)).toBe(true);
      expect(await store.delete(key)).toBe(true);
      redis.cli('config', 'set', 'maxmemory', '0');
      expect(await store.increment(counter, 1, 1_000)).toBe(1);
    } finally {
      await store.close();
      await redis.close();
    }
  }, 20_000);

  test('when the process itself is busy for longer than the time-out, the replies that arrived meanwhile are used', async () => {
    const redis = await startRedis();
    const store = createRedisStore({
      url: redis.url,
      log: createLogger('test', 'silent'),
      commandTimeoutMs: 100,
    });
    const key = keyOf('t1');
    try {
      await ready(store);
      const replies = Promise.all(Array.from({ length: 4 }, () => store.increment(key, 1, 600_000)));
      const busyUntil = performance.now() + 400;
      while (performance.now() < busyUntil);
      expect(await replies).toEqual([1, 2, 3, 4]);
    } finally {
      await store.close();
      await redis.close();
    }
  }, 20_000);

  test('when Redis is frozen, commands fail fast after three time-outs until Redis answers, and the outage and the recovery are logged in one line each', async () => {
    const redis = await startRedis();
    const lines: string[] = [];
    const sink = new Writable({
      write: (chunk, _, done) => (lines.push(JSON.parse(String(chunk)).msg), done()),
    });
    const store = createRedisStore({
      url: redis.url,
      log: createLogger('test', 'info', sink),
      commandTimeoutMs: 300,
    });
    const key = keyOf('t1');
    try {
      await ready(store);
      await store.set(key, 'x', 600_000);
      redis.pause();
      for (let i = 0; i < 3; i++) await expect(store.get(key)).rejects.toBeInstanceOf(StateUnavailable);
      // The command must fail without waiting for a timer, so before the next turn of the event loop.
      const first = await Promise.race([
        store.get(key).then(String, (error: unknown) => error),
        setImmediate('no answer in this turn of the event loop'),
      ]);
      expect(first).toBeInstanceOf(StateUnavailable);
      redis.resume();
      await ready(store);
      expect(String(await store.get(key))).toBe('x');
      expect(lines).toEqual([
        'state store ready',
        'state store is not responding; failing fast until it recovers',
        'state store recovered',
      ]);
    } finally {
      redis.resume();
      await store.close();
      await redis.close();
    }
  }, 30_000);
});
