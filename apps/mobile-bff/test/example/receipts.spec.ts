import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Service } from '@bff/service-kit';
import { startRedis, type TestRedis } from '@bff/testbed';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

/** Two replicas with a real Redis: the write is made at one, its receipt is read at the other. */
let redis: TestRedis;
let rig: Rig;
let other: Service;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url });
  other = await rig.replica();
});
afterAll(async () => {
  await rig.close();
  await redis.close();
});

const as = async (user: string) => ({ ...(await rig.as(user)), 'X-Request-ID': 'receipts' });
const receiptOf = async (key: string, user = 'alice') => {
  const { status, body } = await request(other.url)
    .get(`/api/writes/${key}`)
    .set(await as(user));
  return { status, body };
};
const markRead = async (id: string, key: string) =>
  request(rig.service.url)
    .post(`/api/notifications/${id}/read`)
    .set({ ...(await as('alice')), 'Idempotency-Key': key });

test('the receipt of a write is available at another replica, but only to the user who sent the write', async () => {
  expect((await markRead('alice-n1', '"made"')).status).toBe(200);
  expect(await receiptOf('made')).toEqual({ status: 200, body: { state: 'applied', status: 200 } });
  expect((await markRead('alice-n999', '"refused"')).status).toBe(404);
  expect((await receiptOf('refused')).body).toEqual({
    state: 'refused',
    status: 404,
    problem: {
      type: '/problems/not-found',
      title: 'Not found',
      status: 404,
      instance: '/api/writes/refused',
      request_id: 'receipts',
    },
  });
  for (const user of ['bob', 'gina']) expect((await receiptOf('made', user)).status).toBe(404);
  expect((await receiptOf('k'.repeat(256))).status).toBe(400);
});

test('Redis stores hashes of writes for seven days, and the data of their answers for one day', async () => {
  const keys = redis.cli('--scan', '--pattern', '{acme}:idempotency:*').trim().split('\n');
  expect(keys).toHaveLength(3);
  for (const key of keys) {
    expect(key).not.toMatch(/alice|made|refused/);
    const [seconds, value] = [Number(redis.cli('ttl', key)), redis.cli('get', key)];
    if (key.includes(':view:')) expect(seconds).toBeLessThanOrEqual(86_400);
    else {
      expect(seconds).toBeGreaterThan(7 * 86_400 - 600);
      expect(Object.keys(JSON.parse(value))).toEqual(['fingerprint', 'owner', 'recorded']);
      expect(value).not.toMatch(/alice|title/);
    }
  }
});
