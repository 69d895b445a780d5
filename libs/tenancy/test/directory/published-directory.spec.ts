import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createLogger,
  createMemoryStore,
  createRedisStore,
  StateUnavailable,
  type StateStore,
} from '@bff/service-kit';
import { startRedis, succeeds, until, type TestRedis } from '@bff/testbed';
import {
  InvalidTenantDirectory,
  loadTenantDirectory,
  publishTenantDirectory,
  tenancyErrors,
  type LiveTenantDirectory,
} from '../../src/index.ts';
import { someTenant } from '../some-tenants.ts';

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly errors?: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), 'published-'));
const file = join(folder, 'tenants.json');
const named = (name: string): string => JSON.stringify({ tenants: [someTenant('t1', { name })] });

let redis: TestRedis;
let store: StateStore;
let lines: Line[];
let replicas: LiveTenantDirectory[];
const silent = createLogger('test', 'silent');
const log = createLogger('test', 'info', {
  write(text: string) {
    lines.push(JSON.parse(text));
  },
});

beforeAll(async () => {
  redis = await startRedis();
  writeFileSync(file, named('of the file'));
});
afterAll(async () => {
  await redis.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  redis.cli('flushall');
  store = createRedisStore({ url: redis.url, log: silent });
  await until(() => succeeds(store.ping()));
  lines = [];
  replicas = [];
});
afterEach(async () => {
  for (const each of replicas) each.close();
  await store.close();
});

function replica(over: StateStore = store): LiveTenantDirectory {
  const directory = loadTenantDirectory(file, { log, store: over, pollMs: 20 });
  replicas.push(directory);
  return directory;
}
const nameIn = (directory: LiveTenantDirectory) => directory.find('t1')?.name;
const logged = (level: string) => lines.filter((line) => line.level === level);
const untilLogged = (level: string, count = 1) => until(() => logged(level).length >= count);

describe('T2 a published directory', () => {
  test('a published tenant directory replaces that of the file on every replica, and is replaced by the next published directory', async () => {
    const [one, other] = [replica(), replica()];
    expect([nameIn(one), nameIn(other)]).toEqual(['of the file', 'of the file']);
    for (const [index, name] of ['first', 'second'].entries()) {
      const version = await publishTenantDirectory(store, named(name));
      await untilLogged('info', 2 * (index + 1));
      expect([nameIn(one), nameIn(other)]).toEqual([name, name]);
      expect([one.version, other.version]).toEqual([version, version]);
    }
    expect(logged('error')).toEqual([]);
  });

  test('a replica that starts later applies the published tenant directory before it becomes ready', async () => {
    await publishTenantDirectory(store, named('published'));
    const late = replica();
    await until(() => succeeds(late.ready()));
    expect(nameIn(late)).toBe('published');
  });

  test('the publication of an invalid tenant directory is rejected and changes nothing in the store', async () => {
    const version = await publishTenantDirectory(store, named('published'));
    const wrong = JSON.stringify({ tenants: [someTenant('t1', { status: 'gone' as never })] });
    await expect(publishTenantDirectory(store, wrong)).rejects.toThrow(InvalidTenantDirectory);
    await expect(publishTenantDirectory(store, '{')).rejects.toThrow(InvalidTenantDirectory);
    expect(redis.cli('get', '{~}:directory:version')).toMatch(new RegExp(`^${version}-`));
  });

  test('a published tenant directory uses two keys of the store, and the content of the replaced directory expires within a minute', async () => {
    await publishTenantDirectory(store, named('first'));
    await publishTenantDirectory(store, named('second'));
    const publication = redis.cli('get', '{~}:directory:version').trim();
    const lasting = redis
      .cli('--scan')
      .trim()
      .split('\n')
      .filter((key) => Number(redis.cli('pttl', key)) > 60_000);
    expect(lasting.sort()).toEqual([`{~}:directory:content:${publication}`, '{~}:directory:version']);
  });
});

describe('the former directory stays in force and the replica stays ready when', () => {
  test.each<[string, string[]]>([
    ['directory is invalid', ['set', '{~}:directory:content:broken', '{"tenants":[{"id":"t1"}]}']],
    ['directory is not JSON', ['set', '{~}:directory:content:broken', 'nonsense']],
    ['directory has no content', ['del', '{~}:directory:content:broken']],
  ])(
    'when the published %s, the former directory stays in force, the replica stays ready, and the error is logged once',
    async (_title, command) => {
      let looks = 0;
      const live = replica({ ...store, get: (key) => (looks++, store.get(key)) });
      await publishTenantDirectory(store, named('published'));
      await untilLogged('info');
      redis.cli(...command);
      redis.cli('set', '{~}:directory:version', 'broken');
      await untilLogged('error');
      const before = looks;
      await until(() => looks >= before + 3);
      expect(nameIn(live)).toBe('published');
      await publishTenantDirectory(store, named('repaired'));
      await untilLogged('info', 2);
      expect(logged('error')).toHaveLength(1);
      expect(logged('error')[0]?.msg).toMatch(/the previous directory stays in force$/);
      await expect(live.ready()).resolves.toBeUndefined();
      expect(nameIn(live)).toBe('repaired');
    },
  );

  test('when the key of the published directory is lost, the former directory stays in force', async () => {
    let looks = 0;
    const live = replica({ ...store, get: (key) => (looks++, store.get(key)) });
    await publishTenantDirectory(store, named('published'));
    await untilLogged('info');
    redis.cli('flushall');
    const before = looks;
    await until(() => looks >= before + 2);
    expect(nameIn(live)).toBe('published');
  });

  test('while Redis is down, the former directory stays in force and the replica stays ready, and publications are followed again when Redis is back', async () => {
    const live = replica();
    await publishTenantDirectory(store, named('published'));
    await untilLogged('info');
    await redis.kill();
    await until(async () => !(await succeeds(store.ping())));
    expect(nameIn(live)).toBe('published');
    await expect(live.ready()).resolves.toBeUndefined();
    await redis.start();
    await until(() => succeeds(publishTenantDirectory(store, named('second'))));
    await untilLogged('info', 2);
    expect(nameIn(live)).toBe('second');
  }, 20_000);
});

describe('a replica that never reached the store', () => {
  test('a replica that has never reached the store is not ready, because the published directory may suspend a tenant', async () => {
    const down: StateStore = { ...createMemoryStore(), get: () => Promise.reject(new StateUnavailable('x')) };
    const live = replica(down);
    expect(nameIn(live)).toBe('of the file');
    await expect(live.ready()).rejects.toThrow(StateUnavailable);
  });

  test('when no store is configured, a replica is ready with the directory of its file', async () => {
    const live = loadTenantDirectory(file, { log });
    replicas.push(live);
    await expect(live.ready()).resolves.toBeUndefined();
  });
});

test('the setting TENANTS_SHARED is rejected without REDIS_URL', () => {
  expect(tenancyErrors({ tenantsShared: true })).toEqual(['TENANTS_SHARED needs REDIS_URL']);
  expect(tenancyErrors({ tenantsShared: true, redisUrl: 'redis://x' })).toEqual([]);
  expect(tenancyErrors({ tenantsShared: false })).toEqual([]);
});
