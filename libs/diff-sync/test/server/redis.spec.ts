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

  /** Waits until the store answers, as a readiness probe does. */
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

  test('S4 one replica uses the sync base that another replica stored in Redis', async () => {
    const { answer, view } = await ask(0, 1);
    const next = await ask(1, 2, full(answer).token);
    expect(delta(next.answer).patch).toEqual([{ op: 'replace', path: '/count', value: 2 }]);
    expect(received(view, next.answer)).toEqual(next.view);
  });

  test('S10 Redis has eight sync bases and one index for a scope, each with a time to live', async () => {
    for (let count = 0; count < 20; count++) await ask(count % 2, count);
    const keys = redis.cli('--scan').trim().split('\n');
    expect(keys).toHaveLength(9);
    for (const each of keys) expect(Number(redis.cli('PTTL', each))).toBeGreaterThan(hour / 2);
  });

  test('S1 S3 while Redis is wiped, stopped and started, answers are 304, or complete where a sync base is missing, and never an error', async () => {
    // Uses new views, because a replica does not store a base again for a while after it stored it.
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
    // Each 304 stores the base again, as soon as the store accepts it.
    await until(async () => {
      await ask(1, 103, lost.token);
      return (await ask(0, 104, lost.token)).answer.kind === 'delta';
    });
    expect(delta((await ask(0, 105, lost.token)).answer).patch).toHaveLength(1);
  });

  test("S1 while Redis is frozen, a 304 is sent at once, and a complete answer after the store's time limit", async () => {
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
