import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

/** All answers of the services may be stored and are, in the cache that replicas share. */
let rig: Rig;
let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url }, { cacheControl: 'private, max-age=60, stale-if-error=600' });
}, 30_000);
afterAll(async () => {
  await rig.close();
  await redis.close();
});

const get = async (user: string, path: string) =>
  (await request(rig.service.url).get(path).set(rig.as(user)).expect(200)).body;

/** The values of the cache by tenant. */
function cachedValues(tenant: string): { readonly value: unknown }[] {
  const lines = redis.dump().split('\n');
  return lines.flatMap((line, index) =>
    line.startsWith(`{${tenant}}:cache:`) ? [JSON.parse(lines[index + 1] as string)] : [],
  );
}

/** Every member that has a value which is not an object, by its name. */
const membersOf = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, each]) =>
        typeof each === 'object' && each !== null
          ? membersOf(each)
          : Array.isArray(value) || each === null
            ? []
            : [name],
      );

test('F40 Redis has no value that a tenant may not see, with the shared response cache on', async () => {
  for (const user of ['alice', 'bob', 'gina']) {
    const { orders } = await get(user, '/api/orders');
    for (const path of [
      '/api/profile',
      '/api/home',
      '/api/notifications',
      '/api/preferences',
      `/api/orders/${orders[0].id}`,
    ]) {
      const first = await get(user, path);
      const again = await get(user, path);
      expect({ ...again, _meta: 0 }).toEqual({ ...first, _meta: 0 });
    }
  }
  // Stored behind the answer.
  await until(() => cachedValues('acme').length > 4 && cachedValues('globex').length > 2);
  const dump = redis.dump();
  expect(dump).not.toContain('SSN');
  expect(dump).not.toContain('internal_notes');
  // What globex is not allowed is not there either. An entry is that of the screen which was read last.
  const ofGlobex = new Set(cachedValues('globex').flatMap(({ value }) => membersOf(value)));
  expect(ofGlobex).toEqual(new Set(['name', 'id']));
  expect(cachedValues('acme').flatMap(({ value }) => membersOf(value))).toEqual(
    expect.arrayContaining(['name', 'status', 'theme']),
  );
});
