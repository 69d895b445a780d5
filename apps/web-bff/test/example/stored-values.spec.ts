import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

/** Enables storage of all upstream answers in the shared response cache. */
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

/** Returns the values of the cache by tenant. */
function cachedValues(tenant: string): { readonly value: unknown }[] {
  const lines = redis.dump().split('\n');
  return lines.flatMap((line, index) =>
    line.startsWith(`{${tenant}}:cache:`) ? [JSON.parse(lines[index + 1] as string)] : [],
  );
}

/** Returns every member whose value is not an object, by name. */
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

test('F40 with the shared response cache, Redis contains no value that the tenant may not see', async () => {
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
  // The entry is stored after the answer was sent.
  await until(() => cachedValues('acme').length > 4 && cachedValues('globex').length > 2);
  const dump = redis.dump();
  expect(dump).not.toContain('SSN');
  expect(dump).not.toContain('internal_notes');
  // Members hidden from globex are not stored either. An entry has the members of the screen that was read
  // last: for the user that is /api/home, which shows no email.
  const ofGlobex = new Set(cachedValues('globex').flatMap(({ value }) => membersOf(value)));
  expect(ofGlobex).toEqual(new Set(['name', 'id']));
  expect(cachedValues('acme').flatMap(({ value }) => membersOf(value))).toEqual(
    expect.arrayContaining(['name', 'status', 'theme']),
  );
});
