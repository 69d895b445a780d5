import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, succeeds, until, type TestRedis } from '@bff/testbed';
import { startForgetfulRelay } from './forgetful-relay.ts';
import {
  createLogger,
  createMemoryStore,
  createRedisStore,
  stateKey,
  StateUnavailable,
  type StateKey,
  type StateStore,
  type TenantId,
} from '../../src/index.ts';

const t1 = 't1' as TenantId;
const log = createLogger('test', 'silent');
let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());

const ready = async (store: StateStore): Promise<StateStore> => {
  await until(() => succeeds(store.ping()));
  return store;
};

describe.each(['memory', 'redis'] as const)('state store in %s', (kind) => {
  let store: StateStore;
  let key: StateKey;
  let n = 0;
  beforeAll(async () => {
    store = await ready(kind === 'memory' ? createMemoryStore() : createRedisStore({ url: redis.url, log }));
  });
  afterAll(() => store.close());
  beforeEach(() => {
    key = stateKey(t1, 'session', `${kind}-${++n}`);
  });

  test('the state store returns the bytes that were set, and undefined after they were deleted', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 0x80]);
    await store.set(key, bytes, 1_000);
    expect(await store.get(key)).toEqual(bytes);
    expect(await store.delete(key)).toBe(true);
    expect(await store.delete(key)).toBe(false);
    expect(await store.get(key)).toBeUndefined();
  });

  test('of many concurrent calls of add, exactly one stores its value', async () => {
    const wins = await Promise.all(Array.from({ length: 20 }, (_, i) => store.add(key, String(i), 1_000)));
    expect(wins.filter(Boolean)).toHaveLength(1);
    expect(String(await store.get(key))).toBe(String(wins.indexOf(true)));
  });

  test('scan visits every key of an area and tenant at least once, in several steps, and no other key', async () => {
    const [odd, other] = ['a*' as TenantId, 'ab' as TenantId];
    const wanted = Array.from({ length: 1_200 }, (_, i) => stateKey(odd, 'device', `${kind}-${i}`));
    const more = [stateKey(other, 'device', `${kind}-x`), stateKey(odd, 'sync', `${kind}-x`)];
    await Promise.all([...wanted, ...more].map((each) => store.set(each, 'x', 60_000)));

    const seen: StateKey[] = [];
    let steps = 0;
    await store.scan('device', odd, async (keys) => {
      steps++;
      seen.push(...keys);
    });
    expect(steps).toBeGreaterThan(1);
    expect([...new Set(seen)].sort()).toEqual([...wanted].sort());

    let visits = 0;
    await store.scan('device', odd, async () => ++visits < 1);
    expect(visits).toBe(1);

    const all = new Set<StateKey>();
    await store.scan('device', undefined, async (keys) => keys.forEach((each) => all.add(each)));
    expect([...all].sort()).toEqual([...wanted, stateKey(other, 'device', `${kind}-x`)].sort());
  });

  test('replace never restores an expired value', async () => {
    expect(await store.replace(key, 'x', 1_000)).toBe(false);
    expect(await store.get(key)).toBeUndefined();
    await store.set(key, 'a', 1_000);
    expect(await store.replace(key, 'b', 1_000)).toBe(true);
    expect(String(await store.get(key))).toBe('b');
  });

  test('replaceIf changes a value and its lifetime only if the current value is the expected value', async () => {
    expect(await store.replaceIf(key, '', 'x', 1_000)).toBe(false);
    await store.set(key, 'a', 60);
    expect(await store.replaceIf(key, 'b', 'x', 1_000)).toBe(false);
    expect(String(await store.get(key))).toBe('a');
    expect(await store.replaceIf(key, 'a', 'b', 10_000)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(String(await store.get(key))).toBe('b');
  });

  test('of many concurrent calls of replaceIf, exactly one replaces the value', async () => {
    await store.set(key, 'a', 1_000);
    const wins = await Promise.all(
      Array.from({ length: 20 }, (_, i) => store.replaceIf(key, 'a', String(i), 1_000)),
    );
    expect(wins.filter(Boolean)).toHaveLength(1);
    expect(String(await store.get(key))).toBe(String(wins.indexOf(true)));
  });

  test('deleteIf removes a value only if it is the expected value', async () => {
    expect(await store.deleteIf(key, '')).toBe(false);
    await store.set(key, 'a', 1_000);
    expect(await store.deleteIf(key, 'b')).toBe(false);
    expect(String(await store.get(key))).toBe('a');
    expect(await store.deleteIf(key, 'a')).toBe(true);
    expect(await store.get(key)).toBeUndefined();
  });

  test('replaceIf and deleteIf compare every byte, and return false for an expired value', async () => {
    const text = 'ä\u0000\n"\u{1f600}';
    await store.set(key, text, 60);
    expect(await store.deleteIf(key, `${text} `)).toBe(false);
    expect(await store.replaceIf(key, text, `${text}!`, 60)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(await store.replaceIf(key, `${text}!`, 'x', 1_000)).toBe(false);
    expect(await store.deleteIf(key, `${text}!`)).toBe(false);
  });

  test('of many concurrent calls of take, exactly one gets the value', async () => {
    await store.set(key, 'once', 1_000);
    const taken = await Promise.all(Array.from({ length: 20 }, () => store.take(key)));
    expect(taken.filter(Boolean).map(String)).toEqual(['once']);
  });

  test('values, counters and sets expire at the end of their time to live, which touch extends', async () => {
    const counter = stateKey(t1, 'limit', String(n));
    const set = stateKey(t1, 'sync', String(n));
    // Long enough for a busy machine to get to `touch`.
    await store.set(key, 'x', 1_000);
    await store.increment(counter, 1, 60);
    await store.setAdd(set, 'm', 60);
    expect(await store.touch(key, 10_000)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(String(await store.get(key))).toBe('x');
    expect(await store.increment(counter, 1, 60)).toBe(1);
    expect(await store.setMembers(set)).toEqual([]);
    expect(await store.touch(stateKey(t1, 'session', 'none'), 1_000)).toBe(false);
  });

  test('increment counts every one of many concurrent calls', async () => {
    const sums = await Promise.all(Array.from({ length: 50 }, () => store.increment(key, 2, 1_000)));
    expect(Math.max(...sums)).toBe(100);
    expect(new Set(sums).size).toBe(50);
  });

  test('count stops after the first counter that is above its limit', async () => {
    const keys = ['a', 'b'].map((name) => stateKey(t1, 'limit', name, String(n)));
    const counters = keys.map((key, index) => ({ key, limit: index === 0 ? 2 : 9, ttlMs: 60_000 }));
    for (const expected of [[1, 1], [2, 2], [3], [4]]) expect(await store.count(counters)).toEqual(expected);
    expect(await store.increment(keys[1]!, 1, 1_000)).toBe(3);
  });

  test('count loses no increment of concurrent calls, and its counters expire', async () => {
    const counter = { key: stateKey(t1, 'limit', 'many', String(n)), limit: 100, ttlMs: 600 };
    const counts = await Promise.all(Array.from({ length: 50 }, () => store.count([counter])));
    expect(new Set(counts.flat()).size).toBe(50);
    await until(async () => (await store.count([counter]))[0] === 1);
  });

  test('a set in the state store holds each member once', async () => {
    await Promise.all(['a', 'b', 'a'].map((member) => store.setAdd(key, member, 1_000)));
    await store.setRemove(key, 'b');
    await store.setRemove(key, 'never');
    expect(await store.setMembers(key)).toEqual(['a']);
  });

  test('when there are more members than the maximum, markUsed drops the least recently used members', async () => {
    expect(await store.markUsed(key, ['a', 'b'], 3, 1_000)).toEqual([]);
    expect(await store.markUsed(key, ['c'], 3, 1_000)).toEqual([]);
    expect(await store.markUsed(key, ['a', 'd'], 3, 1_000)).toEqual(['b']);
    expect(await store.markUsed(key, ['e', 'f', 'g'], 3, 1_000)).toEqual(['c', 'a', 'd']);
    expect(await store.markUsed(key, ['f'], 1, 60)).toEqual(['e', 'g']);
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(await store.markUsed(key, ['h'], 1, 1_000)).toEqual([]);
  });
});

describe('clock and limits of the memory store', () => {
  test('the memory store uses the injected clock', async () => {
    let now = 0;
    const store = createMemoryStore({ clock: () => now });
    const key = stateKey(t1, 'cache', 'x');
    await store.set(key, 'x', 10);
    now = 9;
    expect(await store.get(key)).toBeDefined();
    now = 10;
    expect(await store.get(key)).toBeUndefined();
  });

  test('the memory store rejects writes beyond its maximum, and accepts them again when entries expired', async () => {
    let now = 0;
    const store = createMemoryStore({ clock: () => now, maxEntries: 2 });
    const key = (name: string) => stateKey(t1, 'cache', name);
    await store.set(key('a'), '', 10);
    await store.set(key('b'), '', 10);
    await expect(store.set(key('c'), '', 10)).rejects.toThrow(StateUnavailable);
    await store.set(key('b'), 'again', 10);
    now = 10;
    await store.get(key('a'));
    await store.set(key('c'), '', 10);
  });
});

describe.each(['memory', 'redis'] as const)('messages over %s', (kind) => {
  test('messages reach every listener of their topic in the sequence of publication, also in the publishing process', async () => {
    const open = async () =>
      ready(kind === 'memory' ? createMemoryStore() : createRedisStore({ url: redis.url, log }));
    const here = await open();
    const there = kind === 'memory' ? here : await open();
    const heard: string[] = [];
    const listening = [
      here.listen('session-ended', (text) => heard.push(`here ${text}`)),
      there.listen('session-ended', (text) => heard.push(`there ${text}`)),
      there.listen('token-ended', (text) => heard.push(`token ${text}`)),
    ];
    await until(() => listening.every(({ epoch }) => epoch !== undefined));
    await here.publish('session-ended', 'a');
    await there.publish('token-ended', 'b');
    await here.publish('session-ended', 'c');
    await until(() => heard.length === 5);
    expect(heard.filter((each) => each.startsWith('here'))).toEqual(['here a', 'here c']);
    expect(heard.filter((each) => !each.startsWith('here'))).toEqual(['there a', 'token b', 'there c']);
    await Promise.all([here.close(), there.close()]);
  });
});

describe('Redis store', () => {
  test('the store sends a script once per connection, then its hash, and the script again when Redis has lost it', async () => {
    const server = await startRedis();
    const store = await ready(createRedisStore({ url: server.url, log }));
    const calls = (name: string) =>
      Number(
        new RegExp(`^cmdstat_${name}:calls=(\\d+)`, 'm').exec(server.cli('INFO', 'commandstats'))?.[1] ?? 0,
      );
    try {
      const counters = [{ key: stateKey(t1, 'session', 'scripts'), limit: 100, ttlMs: 60_000 }];
      for (let at = 1; at <= 10; at++) expect(await store.count(counters)).toEqual([at]);
      expect([calls('eval'), calls('evalsha')]).toEqual([1, 9]);
      server.cli('SCRIPT', 'FLUSH');
      for (let at = 11; at <= 15; at++) expect(await store.count(counters)).toEqual([at]);
      expect(calls('eval')).toBe(2);
    } finally {
      await store.close();
      await server.close();
    }
  });

  test('while the connection of a listener is lost, its epoch is undefined, and after the reconnection the epoch is another number', async () => {
    const own = await startRedis();
    const lines: { readonly msg: string }[] = [];
    const sink = new Writable({ write: (chunk, _, done) => (lines.push(JSON.parse(String(chunk))), done()) });
    const store = await ready(createRedisStore({ url: own.url, log: createLogger('test', 'info', sink) }));
    const heard: string[] = [];
    const listening = store.listen('session-ended', (text) => heard.push(text));
    await until(() => listening.epoch !== undefined);
    const before = listening.epoch;

    own.cli('client', 'kill', 'type', 'pubsub');
    await until(() => listening.epoch !== before);
    await until(() => listening.epoch !== undefined);
    expect(listening.epoch).not.toBe(before);
    await store.publish('session-ended', 'heard again');
    await until(() => heard.length === 1);

    await own.kill();
    await until(() => listening.epoch === undefined);
    await own.start();
    await until(() => listening.epoch !== undefined);
    await store.close();
    expect(listening.epoch).toBeUndefined();
    await own.close();
  }, 30_000);

  test('F49 while the connection of a listener is silent, its epoch is undefined and this is logged, and when the server answers the epoch is another number', async () => {
    const own = await startRedis();
    const lines: { readonly msg: string }[] = [];
    const sink = new Writable({ write: (chunk, _, done) => (lines.push(JSON.parse(String(chunk))), done()) });
    const store = await ready(createRedisStore({ url: own.url, log: createLogger('test', 'info', sink) }));
    const heard: string[] = [];
    const listening = store.listen('session-ended', (text) => heard.push(text));
    await until(() => listening.epoch !== undefined);
    const before = listening.epoch;
    own.pause();
    await until(() => listening.epoch === undefined);
    own.resume();
    await until(() => listening.epoch !== undefined);
    expect(listening.epoch).not.toBe(before);
    await until(() => succeeds(store.publish('session-ended', 'heard again')));
    await until(() => heard.length > 0);
    const told = lines.map(({ msg }) => msg).filter((msg) => msg.startsWith('state store messages'));
    expect(told).toEqual([
      'state store messages are missed: the subscription connection is silent',
      'state store messages are received again',
    ]);
    await store.close();
    await own.close();
  }, 30_000);

  test('F13 on a connection that a firewall dropped silently, the store sends one ping and then continues with a new connection', async () => {
    const relay = await startForgetfulRelay(redis.port);
    const lines: string[] = [];
    const sink = new Writable({
      write: (chunk, _, done) => (lines.push(JSON.parse(String(chunk)).msg), done()),
    });
    const url = `redis://127.0.0.1:${relay.port}`;
    const store = await ready(
      createRedisStore({ url, log: createLogger('test', 'info', sink), commandTimeoutMs: 100 }),
    );
    const key = stateKey(t1, 'session', 'forgotten');
    await store.set(key, 'x', 60_000);

    try {
      relay.forget();
      await expect(store.get(key)).rejects.toThrow(StateUnavailable);
      await until(() => succeeds(store.get(key)));
      expect(relay.lost().match(/ping/gi)).toHaveLength(1);
      await until(() => lines.length === 3);
      expect(lines).toEqual([
        'state store ready',
        'state store is not responding; failing fast until it recovers',
        'state store recovered',
      ]);
    } finally {
      await store.close();
      await relay.close();
    }
  });

  test('while Redis is unreachable, every command rejects with StateUnavailable, commands work again when Redis is back, and each change is logged in one line', async () => {
    const own = await startRedis();
    const lines: string[] = [];
    const sink = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) });
    const store = await ready(
      createRedisStore({ url: own.url, log: createLogger('test', 'info', sink), commandTimeoutMs: 100 }),
    );
    const key = stateKey(t1, 'session', 'x');
    await store.set(key, 'x', 10_000);

    own.pause();
    await expect(store.get(key)).rejects.toThrow(StateUnavailable);
    own.resume();
    await ready(store);
    expect(String(await store.get(key))).toBe('x');

    await own.kill();
    await expect(store.get(key)).rejects.toThrow(StateUnavailable);
    await expect(store.increment(key, 1, 1)).rejects.toThrow(StateUnavailable);
    await own.start();
    await ready(store);
    expect(await store.get(key)).toBeUndefined();
    await store.close();
    await own.close();
    const messages = lines.map((line) => JSON.parse(line).msg);
    expect(messages).toEqual(['state store ready', 'state store disconnected', 'state store reconnected']);
  }, 20_000);
});

test('T1 different lists of parts never give the same state key, and every key begins with the tenant', () => {
  const key = (...parts: [string, ...string[]]) => stateKey(parts[0] as TenantId, 'cache', ...parts.slice(1));
  expect(key('t1', 'a:b')).not.toBe(key('t1', 'a', 'b'));
  expect(key('t1', 'a', '')).not.toBe(key('t1', 'a'));
  expect(key('a}:cache:b', 'c')).not.toBe(key('a', 'b', 'c'));
  expect(key('t1', 'x')).toBe('{t1}:cache:x');
});
