import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLogger, createRedisStore, type StateStore } from '@bff/service-kit';
import { startRedis, succeeds, until, type TestRedis } from '@bff/testbed';
import { createDiffSync, type DiffSync } from '../../src/index.ts';
import { delta, full, hour, key, received, tag, thing, thingRequest } from '../world.ts';

describe('with a real Redis and two replicas', () => {
  let redis: TestRedis;
  let stores: StateStore[];
  let replicas: [DiffSync, DiffSync];

  beforeAll(async () => {
    redis = await startRedis();
    stores = [0, 1].map(() =>
      createRedisStore({ url: redis.url, log: createLogger('test', 'silent'), commandTimeoutMs: 200 }),
    );
    replicas = stores.map((store) => createDiffSync({ store, keys: [key('a')], baseTtlMs: hour })) as never;
    await ready();
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await redis.close();
  });

  /** As a readiness probe does: until the store answers. */
  async function ready(): Promise<void> {
    for (const store of stores) await until(() => succeeds(store.ping()));
  }
  async function ask(replica: number, count: number, token?: string) {
    const at = replicas[replica]!;
    const view = thing({ count });
    const answer = await at.sync({ ...thingRequest, view, ifNoneMatch: token && tag(token) });
    await at.settled();
    return { answer, view };
  }

  test('S4 what one replica kept the other one uses', async () => {
    const { answer, view } = await ask(0, 1);
    const next = await ask(1, 2, full(answer).token);
    expect(delta(next.answer).patch).toEqual([{ op: 'replace', path: '/count', value: 2 }]);
    expect(received(view, next.answer)).toEqual(next.view);
  });

  test('S10 eight bases and an index with times to live, and no more', async () => {
    for (let count = 0; count < 20; count++) await ask(count % 2, count);
    const keys = redis.cli('--scan').trim().split('\n');
    expect(keys).toHaveLength(9);
    for (const each of keys) expect(Number(redis.cli('PTTL', each))).toBeGreaterThan(hour / 2);
  });

  test('S1 S3 wiped, stopped and started: 304 all the time, full where a base is missing, never an error', async () => {
    // Views of no test before: what a replica remembers as kept it keeps again only after a while.
    const { token } = full((await ask(0, 101)).answer);
    redis.cli('FLUSHALL');
    expect(full((await ask(1, 102, token)).answer).reset).toBe('unknown');
    await redis.kill();
    expect((await ask(1, 101, token)).answer.kind).toBe('not-modified');
    const lost = full((await ask(0, 103, token)).answer);
    expect(lost.reset).toBe('unavailable');
    await redis.start();
    await ready();
    expect((await ask(1, 103, lost.token)).answer.kind).toBe('not-modified');
    // Each confirmation keeps the base again, as soon as the store takes it.
    await until(async () => {
      await ask(1, 103, lost.token);
      return (await ask(0, 104, lost.token)).answer.kind === 'delta';
    });
    expect(delta((await ask(0, 105, lost.token)).answer).patch).toHaveLength(1);
  });

  test('S1 frozen: 304 at once, and a full answer when the store had its time', async () => {
    const { token } = full((await ask(0, 1)).answer);
    redis.pause();
    try {
      expect(
        (await replicas[0].sync({ ...thingRequest, view: thing({ count: 1 }), ifNoneMatch: tag(token) }))
          .kind,
      ).toBe('not-modified');
      const answer = await replicas[0].sync({
        ...thingRequest,
        view: thing({ count: 2 }),
        ifNoneMatch: tag(token),
      });
      expect(full(answer).reset).toBe('unavailable');
    } finally {
      redis.resume();
      await Promise.all(replicas.map((replica) => replica.settled()));
    }
  });
});
