import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort, startRedis, succeeds, until, type TestRedis } from '@bff/testbed';
import {
  createLogger,
  createRedisStore,
  stateKey,
  StateReadOnly,
  StateUnavailable,
  type StateStore,
  type TenantId,
} from '../../src/index.ts';

let redis: TestRedis;
let store: StateStore;
let lines: Record<string, unknown>[];
const key = stateKey('t1' as TenantId, 'session', 'x');

beforeEach(async () => {
  redis = await startRedis();
  lines = [];
  const sink = new Writable({ write: (line, _, done) => (lines.push(JSON.parse(String(line))), done()) });
  store = createRedisStore({ url: redis.url, log: createLogger('test', 'info', sink) });
  await until(() => succeeds(store.ping()));
  await store.set(key, 'kept', 60_000);
});
afterEach(async () => {
  await store.close();
  await redis.close();
});

const config = (name: string, value: string) => redis.cli('CONFIG', 'SET', name, value);
const failSaves = async (): Promise<void> => {
  rmSync(redis.folder, { recursive: true });
  config('save', '3600 1');
  redis.cli('BGSAVE');
  await until(() => redis.cli('INFO', 'persistence').includes('rdb_last_bgsave_status:err'));
};

const refusals: [kind: string, begin: () => unknown, end: () => unknown][] = [
  ['OOM', () => config('maxmemory', '1'), () => config('maxmemory', '0')],
  ['READONLY', async () => redis.cli('REPLICAOF', '127.0.0.1', String(await freePort())), () => redis.cli('REPLICAOF', 'NO', 'ONE')],
  ['NOREPLICAS', () => config('min-replicas-to-write', '1'), () => config('min-replicas-to-write', '0')],
  ['MISCONF', failSaves, () => config('stop-writes-on-bgsave-error', 'no')],
  ['NOPERM', () => redis.cli('ACL', 'SETUSER', 'default', '-@write', '-@scripting'), () => redis.cli('ACL', 'SETUSER', 'default', '+@all')],
]; // prettier-ignore

describe.each(refusals)('F41 F45 Redis refuses to write (%s)', (kind, begin, end) => {
  test('while Redis refuses writes, reads continue over the same connection, writes reject, and one log line quotes the reply', async () => {
    await begin();
    for (const attempt of [1, 2, 3]) {
      await expect(store.set(key, `${attempt}`, 1_000)).rejects.toThrow(StateReadOnly);
      await expect(store.increment(key, 1, 1_000)).rejects.toThrow(StateReadOnly);
      await expect(store.count([{ key, limit: 1, ttlMs: 1_000 }])).rejects.toThrow(StateReadOnly);
      await expect(store.setAdd(key, 'm', 1_000)).rejects.toThrow(StateReadOnly);
      await expect(store.replaceIf(key, 'kept', 'x', 1_000)).rejects.toThrow(StateReadOnly);
      expect(String(await store.get(key))).toBe('kept');
      await store.ping();
    }
    expect(await store.check()).toMatch(new RegExp(`^no writes: ${kind} `));
    const told = lines.filter(({ msg }) => msg !== 'state store ready');
    expect(told).toEqual([
      expect.objectContaining({
        level: 'error',
        msg: 'state store refuses a command',
        reply: expect.stringMatching(new RegExp(`^${kind} `)),
      }),
    ]);

    await end();
    // After a failover the store has to find the master first.
    await until(async () => (await store.check()) === undefined);
    expect(String(await store.get(key))).toBe('kept');
    expect(lines.map(({ msg }) => msg)).toContain('state store accepts commands again that it refused');
  });
});

test.each(['getdel', 'eval', 'evalsha'])(
  'F41 the first readiness check finds a command that an access list does not permit (%s), before a login needs it',
  async (command) => {
    redis.cli('ACL', 'SETUSER', 'default', `-${command}`);
    expect(await store.check()).toMatch(new RegExp(`^no writes: NOPERM .*'${command}'`));
    redis.cli('ACL', 'SETUSER', 'default', `+${command}`);
    expect(await store.check()).toBeUndefined();
  },
);

test('F41 docs/operations.md lists the commands that an access list has to permit', async () => {
  redis.cli('CONFIG', 'RESETSTAT');
  store.listen('session-ended', () => undefined);
  await store.scan('session', 't1' as TenantId, async () => undefined);
  await store.ping();
  expect(await store.check()).toBeUndefined();
  await store.publish('session-ended', 'x');
  const commands = () =>
    [...redis.cli('INFO', 'commandstats').matchAll(/^cmdstat_([a-z]+)[:|]/gm)].map(([, name = '']) => name);
  await until(() => commands().includes('subscribe'));
  const used = new Set(commands().map((name) => name.toUpperCase()));
  // The connection sends these at its start and while it looks for a master, as redis-topologies.spec.ts shows.
  for (const name of ['INFO', 'ROLE']) used.add(name);
  // HELLO needs no permission, and CONFIG is a command of this test.
  for (const name of ['HELLO', 'CONFIG']) used.delete(name);
  const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/operations.md'), 'utf8');
  const listed = /Commands used: ([A-Z, ]+)\./.exec(page)?.[1]?.split(', ') ?? [];
  expect([...used].sort()).toEqual([...listed].sort());
});

test('F41 when the access list of Redis does not permit reads, the store and the readiness check reject', async () => {
  redis.cli('ACL', 'SETUSER', 'default', '-get');
  await expect(store.check()).rejects.toThrow(StateUnavailable);
  await expect(store.get(key)).rejects.not.toThrow(StateReadOnly);
  expect(lines.at(-1)).toMatchObject({ reply: expect.stringMatching(/^NOPERM /) });
});

test('F41 a log line about a refused command contains no key', async () => {
  redis.cli('ACL', 'SETUSER', 'default', 'resetkeys', '~other:*');
  await expect(store.set(key, 'x', 1_000)).rejects.toThrow(StateReadOnly);
  expect(JSON.stringify(lines)).not.toContain('session');
});

describe('F41 Redis 6.2', () => {
  type Documented = {
    readonly token?: string;
    readonly since?: string;
    readonly arguments?: readonly Documented[];
  };
  const isLater = (since = '1.0.0'): boolean => Number(/^\d+\.\d+/.exec(since)?.[0]) > 6.2;
  const laterTokens = ({ token, since, arguments: parts = [] }: Documented): string[] => [
    ...(token !== undefined && isLater(since) ? [token] : []),
    ...parts.flatMap(laterTokens),
  ];

  test('Redis 6.2 has every command and every option that the store uses', async () => {
    config('slowlog-log-slower-than', '0');
    config('slowlog-max-len', '1000');
    expect(await store.check()).toBeUndefined();
    await store.publish('session-ended', 'x');
    const log = JSON.parse(redis.cli('-3', '--json', 'SLOWLOG', 'GET', '1000')) as [
      number,
      number,
      number,
      string[],
    ][];
    const used = log
      .map(([, , , words]) => words)
      .filter(([name = '']) => !/^(config|slowlog|command)$/i.test(name));
    const names = new Set(used.map(([name = '']) => name.toLowerCase()));
    expect([...names]).toEqual(
      expect.arrayContaining(['get', 'set', 'getdel', 'eval', 'incrby', 'pexpire', 'publish']),
    );
    for (const name of names) {
      const docs = JSON.parse(redis.cli('-3', '--json', 'COMMAND', 'DOCS', name)) as Record<
        string,
        Documented
      >;
      const { since, arguments: parts = [] } = docs[name] as Documented;
      expect([name, isLater(since)]).toEqual([name, false]);
      const later = parts.flatMap(laterTokens);
      for (const [first = '', ...words] of used)
        if (first.toLowerCase() === name)
          expect([name, words.filter((word) => later.includes(word.toUpperCase()))]).toEqual([name, []]);
    }
  });
});
