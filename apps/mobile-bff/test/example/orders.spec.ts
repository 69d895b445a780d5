import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
const orderService = () => rig.world.services.services.order;
afterEach(() => orderService().faults.clear());
afterAll(() => rig.close());

const get = async (path: string, user = 'alice', headers: Record<string, string> = {}) =>
  request(rig.service.url)
    .get(path)
    .set({ ...(await rig.as(user)), ...headers });
const calls = () => Object.values(orderService().calls()).reduce((sum, count) => sum + count, 0);

async function walk(limit: number, user: string) {
  const orders: object[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const { status, body } = await get(`/api/orders?limit=${limit}${cursor && `&cursor=${cursor}`}`, user);
    expect(status).toBe(200);
    orders.push(...body.orders);
    cursor = body.next_cursor as string | undefined;
  }
  return orders;
}

describe('GET /api/orders', () => {
  test('an order in the list has exactly five members, and the last page has no next_cursor', async () => {
    const { body, text } = await get('/api/orders?limit=50');
    expect(Object.keys(body)).toEqual(['orders', '_meta']);
    for (const order of body.orders)
      expect(Object.keys(order)).toEqual(['currency', 'id', 'placed_at', 'status', 'total_cents']);
    expect(text).not.toMatch(/null|INTERNAL/);
    expect(Object.keys((await get('/api/orders?limit=1')).body)).toEqual(['next_cursor', 'orders', '_meta']);
  });

  test.each([
    ['alice', 1],
    ['alice', 5],
    ['bob', 7],
    ['gina', 3],
  ])(
    'T7 the user %s reads the orders in pages of %i and receives every order exactly once, in the same order',
    async (user, limit) => {
      const all = (await get('/api/orders?limit=50', user)).body.orders;
      expect(all.length).toBeGreaterThan(limit);
      expect(await walk(limit, user)).toEqual(all);
    },
  );

  test('an unchanged page that has a next_cursor is answered with 304', async () => {
    const { headers, body } = await get('/api/orders?limit=5');
    expect(body.next_cursor).toEqual(expect.any(String));
    const again = await get('/api/orders?limit=5', 'alice', { 'If-None-Match': headers['etag']! });
    expect(again.status).toBe(304);
  });

  test('a user of globex sees only the ids of the orders in a list', async () => {
    const { body } = await get('/api/orders', 'gina');
    for (const order of body.orders) expect(Object.keys(order)).toEqual(['id']);
    expect(body.orders.length).toBeGreaterThan(0);
  });

  test('T7 answers 400 without an upstream call to a cursor that was altered or belongs to another user, tenant or list', async () => {
    const own = (await get('/api/orders?limit=1')).body.next_cursor as string;
    const forged = [
      (await get('/api/orders?limit=1', 'bob')).body.next_cursor,
      (await get('/api/orders?limit=1', 'max', { 'X-Tenant-ID': 'acme' })).body.next_cursor,
      (await get('/api/notifications?limit=1')).body.next_cursor,
      `${own}A`,
      own.slice(1),
      '',
    ];
    const before = calls();
    for (const cursor of forged) {
      const { status, body } = await get(`/api/orders?cursor=${cursor}`);
      expect([cursor, status, body.type]).toEqual([cursor, 400, '/problems/invalid-cursor']);
    }
    for (const limit of ['0', '51', 'all', ''])
      expect((await get(`/api/orders?limit=${limit}`)).body.type).toBe('/problems/bad-request');
    expect(calls()).toBe(before);
    expect((await get(`/api/orders?cursor=${own}`)).status).toBe(200);
  });
});

describe('GET /api/orders/{id}', () => {
  test('an order has items with name, quantity and price only, and no null', async () => {
    const [first] = (await get('/api/orders?limit=1')).body.orders;
    const { status, body, text } = await get(`/api/orders/${first.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject(first);
    for (const item of body.items) expect(Object.keys(item)).toEqual(['name', 'quantity', 'unit_cents']);
    expect(text).not.toMatch(/null|INTERNAL|user_id|sku/);
  });

  test.each(['bob-o1', 'nobody', '%2e%2e', '..%2fusers%2falice', 'x'.repeat(129)])(
    'reading order %s returns 404, because the user has no such order',
    async (id) => {
      const answer = await fetch(`${rig.service.url}/api/orders/${id}`, { headers: await rig.as('alice') });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    },
  );

  test('a user of globex sees only the id of an order', async () => {
    const [{ id }] = (await get('/api/orders?limit=1', 'gina')).body.orders;
    expect(Object.keys((await get(`/api/orders/${id}`, 'gina')).body)).toEqual(['id', '_meta']);
  });
});

test.each([
  ['/api/orders', { kind: 'reset' }, 502],
  ['/api/orders', { kind: 'error', status: 429 }, 503],
  ['/api/orders/alice-o1', { kind: 'truncate' }, 502],
  ['/api/orders/alice-o1', { kind: 'hang' }, 504],
  ['/api/orders/alice-o1', { kind: 'error', status: 410 }, 404],
] as const)(
  'GET %s with the fault %j of its required source returns %i, and 200 when the fault has ended',
  async (path, fault, status) => {
    orderService().faults.set({ route: '*', ...fault });
    const answer = await get(path);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'application/problem+json']);
    orderService().faults.clear();
    expect((await get(path)).status).toBe(200);
  },
  10_000,
);
