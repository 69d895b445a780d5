import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLogger, createRedisStore, type StateStore } from '@bff/service-kit';
import { startRedis, succeeds, until, type TestRedis } from '@bff/testbed';
import { createDiffSync, type DiffSync } from '../../src/index.ts';
import { hour, item, key, tag, thing, thingRequest } from '../world.ts';

let redis: TestRedis;
let store: StateStore;
let sync: DiffSync;
beforeAll(async () => {
  redis = await startRedis();
  store = createRedisStore({ url: redis.url, log: createLogger('test', 'silent') });
  await until(() => succeeds(store.ping()));
  sync = createDiffSync({ store, keys: [key('a')], baseTtlMs: hour });
});
afterAll(async () => {
  await store.close();
  await redis.close();
});

const view = (count: number) =>
  thing({ count, things: Array.from({ length: 15 }, (_, id) => item(`o${id}`)) });

/** Counts the commands that clients sent: a script counts once, and the commands inside it do not count. */
function commands(): number {
  const calls = [...redis.cli('INFO', 'commandstats').matchAll(/cmdstat_(\S+?):calls=(\d+)/g)];
  const sent = calls.filter(([, name = '']) => /^(?:get|set|eval|del|pexpire|smembers|srem)$/.test(name));
  const inScripts = calls.find(([, name]) => name === 'eval')?.[2] ?? 0;
  // Each of our scripts sets the time to live once.
  return sent.reduce((sum, [, , count]) => sum + Number(count), 0) - Number(inScripts);
}

test('S10 when a device has its maximum of sync bases, a 226 costs four store commands, a 200 three and a 304 none', async () => {
  let token: string | undefined;
  async function cost(count: number, named: string | undefined) {
    redis.cli('CONFIG', 'RESETSTAT');
    const answer = await sync.sync({ ...thingRequest, view: view(count), ifNoneMatch: named && tag(named) });
    await sync.settled();
    token = answer.token;
    return [answer.kind, commands()];
  }
  expect(await cost(0, undefined)).toEqual(['full', 2]);
  for (let count = 1; count < 8; count++) expect(await cost(count, token)).toEqual(['delta', 3]);
  for (let count = 8; count < 20; count++) expect(await cost(count, token)).toEqual(['delta', 4]);
  expect(await cost(19, token)).toEqual(['not-modified', 0]);
  expect(await cost(20, undefined)).toEqual(['full', 3]);

  const keys = redis.cli('--scan').trim().split('\n');
  const bytes = keys.map((each) => Number(redis.cli('MEMORY', 'USAGE', each)));
  expect(keys).toHaveLength(9);
  // The list of tokens takes a third of a base: 344 bytes. As a set with time stamps it would take 848.
  expect(Math.min(...bytes)).toBeLessThan(500);
});
