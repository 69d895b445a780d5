import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
const services = () => rig.world.services.services;
afterEach(() => {
  for (const service of Object.values(services())) service.faults.clear();
});
afterAll(() => rig.close());

const get = (path: string, user = 'alice') => request(rig.service.url).get(path).set(rig.as(user));
const orderKeys = ['id', 'status', 'placed_at', 'total_cents', 'currency', 'note', 'items'];

/** Returns all pages in order. */
async function walk(list: 'orders' | 'notifications', limit: number, user = 'alice') {
  const pages: { id: string }[][] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { status, body } = await get(`/api/${list}?limit=${limit}${cursor && `&cursor=${cursor}`}`, user);
    expect(status).toBe(200);
    pages.push(body[list]);
    cursor = body.next_cursor as string | null;
  }
  return pages;
}

describe('GET /api/orders', () => {
  test('one upstream call yields one page of orders, newest first, with nulls and without internal members', async () => {
    const before = upstreamCalls(rig.world);
    const { status, body, text } = await get('/api/orders');
    expect(status).toBe(200);
    expect(upstreamCalls(rig.world) - before).toBe(1);
    expect(Object.keys(body)).toEqual(['orders', 'next_cursor', '_meta']);
    for (const order of body.orders) expect(Object.keys(order)).toEqual(orderKeys);
    const times = body.orders.map(({ placed_at }: { placed_at: string }) => placed_at);
    expect(times).toEqual([...times].sort().reverse());
    expect(text).not.toMatch(/INTERNAL|user_id/);
    expect(body._meta).toMatchObject({ complete: true, degraded: [] });
  });

  test.each([1, 5, 7, 50])(
    'T7 pages of %i return every order exactly once, in the same order',
    async (limit) => {
      const all = (await get('/api/orders?limit=50')).body;
      expect(all.next_cursor).toBeNull();
      expect(all.orders.length).toBeGreaterThanOrEqual(12);
      const pages = await walk('orders', limit);
      expect(pages.flat()).toEqual(all.orders);
      for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
    },
  );

  test('an unchanged page of orders is confirmed with 304, also a page that was requested with a cursor', async () => {
    const { headers, body } = await get('/api/orders?limit=5');
    expect(body.next_cursor).toEqual(expect.any(String));
    expect((await get('/api/orders?limit=5').set('If-None-Match', headers['etag']!)).status).toBe(304);
    const second = `/api/orders?limit=5&cursor=${body.next_cursor}`;
    const { etag } = (await get(second)).headers;
    expect((await get(second).set('If-None-Match', etag!)).status).toBe(304);
    expect((await get(second).set('If-None-Match', headers['etag']!)).status).toBe(200);
  });

  test('a cursor does not reveal the cursor of the upstream', async () => {
    const { next_cursor } = (await get('/api/orders?limit=5')).body;
    expect(next_cursor).toMatch(/^[\w-]+$/);
    expect(Buffer.from(next_cursor, 'base64url').toString('latin1')).not.toMatch(/alice|2026-/);
  });

  test('`fields` limits a page of orders to the named members, and `shape=flat` flattens the selection', async () => {
    const { body } = await get('/api/orders?limit=2&fields=orders[*].id,next_cursor');
    expect(body.orders.map(Object.keys)).toEqual([['id'], ['id']]);
    const flat = (await get('/api/orders?limit=2&fields=orders[*].id,next_cursor&shape=flat')).body;
    expect(Object.keys(flat)).toEqual(['orders.0.id', 'orders.1.id', 'next_cursor', '_meta']);
    expect(flat['orders.1.id']).toBe(body.orders[1].id);
  });

  test('T1 a user of globex sees only the ids of orders on every page, and a cursor is invalid in another tenant', async () => {
    const pages = await walk('orders', 2, 'gina');
    const all = (await get('/api/orders?limit=50', 'gina')).body;
    expect(Object.keys(all)).toEqual(['orders', 'next_cursor', '_meta']);
    for (const order of all.orders) expect(Object.keys(order)).toEqual(['id']);
    expect(pages.flat()).toEqual(all.orders);
    const of = async (tenant: string) =>
      (await get('/api/orders?limit=1', 'max').set('X-Tenant-ID', tenant)).body.next_cursor as string;
    const cursor = await of('globex');
    expect(cursor).not.toBe(await of('acme'));
    const next = `/api/orders?cursor=${cursor}`;
    expect((await get(next, 'max').set('X-Tenant-ID', 'globex')).status).toBe(200);
    expect((await get(next, 'max').set('X-Tenant-ID', 'acme')).body.type).toBe('/problems/invalid-cursor');
  });
});

describe('invalid paging parameters cause no upstream call', () => {
  test.each(['0', '51', '-1', '5.0', '', 'x', '5&limit=6', '1e1', '%D9%A5'])(
    'the query limit=%s is answered with 400, without an upstream call',
    async (limit) => {
      const before = upstreamCalls(rig.world);
      const { status, body } = await get(`/api/orders?limit=${limit}`);
      expect([status, body.type]).toEqual([400, '/problems/bad-request']);
      expect(body.detail).toContain('1 to 50');
      expect(upstreamCalls(rig.world)).toBe(before);
    },
  );

  const raw = Buffer.from('["2026-01-01T00:00:00.000Z","alice-o3"]').toString('base64url');
  test.each([
    ['empty', ''],
    ['a cursor of the upstream', raw],
    ['a path', '..%2f..%2f'],
    ['8 KB long', 'A'.repeat(8_000)],
    ['__proto__', '__proto__'],
    ['given twice', 'a&cursor=b'],
  ])('T7 a cursor that is %s is answered with 400, without an upstream call', async (_, cursor) => {
    const before = upstreamCalls(rig.world);
    const { status, body } = await get(`/api/orders?cursor=${cursor}`);
    expect([status, body.type]).toEqual([400, '/problems/invalid-cursor']);
    expect(upstreamCalls(rig.world)).toBe(before);
  });

  test('T7 a cursor that was altered or belongs to another user or list is answered with 400', async () => {
    const ofBob = (await get('/api/orders?limit=1', 'bob')).body.next_cursor as string;
    const ofNews = (await get('/api/notifications?limit=1')).body.next_cursor as string;
    const own = (await get('/api/orders?limit=1')).body.next_cursor as string;
    expect((await get(`/api/orders?cursor=${own}`)).status).toBe(200);
    const before = upstreamCalls(rig.world);
    const changed = `${own.slice(0, 30)}${own[30] === 'A' ? 'B' : 'A'}${own.slice(31)}`;
    for (const cursor of [ofBob, ofNews, changed, own.slice(0, -4), `${own}A`]) {
      const { status, body } = await get(`/api/orders?cursor=${cursor}`);
      expect([status, body.type]).toEqual([400, '/problems/invalid-cursor']);
    }
    expect(upstreamCalls(rig.world)).toBe(before);
  });

  test('GET /api/orders ignores unknown query parameters', async () => {
    expect((await get('/api/orders?page=7&sort=id&limit=1')).body.orders).toHaveLength(1);
  });
});

describe('GET /api/orders/{id}', () => {
  test('GET /api/orders/{id} returns the order with the same members as in the list', async () => {
    const [first] = (await get('/api/orders?limit=1')).body.orders;
    const { status, body } = await get(`/api/orders/${first.id}`);
    expect(status).toBe(200);
    const { _meta, ...order } = body;
    expect(order).toEqual(first);
    expect(_meta).toMatchObject({ complete: true, degraded: [] });
  });

  test('`fields` limits an order to the named members, and `shape=flat` flattens the selection', async () => {
    const { body } = await get('/api/orders/alice-o1?fields=id,items[0].sku');
    expect(Object.keys(body)).toEqual(['id', 'items', '_meta']);
    const flat = (await get('/api/orders/alice-o1?fields=items[0].sku&shape=flat')).body;
    expect(flat['items.0.sku']).toBe(body.items[0].sku);
  });

  test('a user of globex sees only the id of an order', async () => {
    const [{ id }] = (await get('/api/orders?limit=1', 'gina')).body.orders;
    const { status, body } = await get(`/api/orders/${id}`, 'gina');
    expect([status, Object.keys(body)]).toEqual([200, ['id', '_meta']]);
  });

  test.each(['bob-o1', 'nobody-o1', 'acme-user-001-o1'])(
    'order %s of another user is answered with 404',
    async (id) => {
      const { status, body } = await get(`/api/orders/${id}`);
      expect([status, body.type]).toEqual([404, '/problems/not-found']);
    },
  );

  test.each(['..%2fusers%2falice', 'a%20b', 'SO%231', 'A%2FB', 'auth0%7C1', 'T3Jk%3D%3D', '%F0%9F%9A%80'])(
    'F07 the valid order id %s is sent to the service, and the 404 of the service is the answer',
    async (id) => {
      const before = rig.world.services.services.order.calls()['/api/v1/orders/:id'] ?? 0;
      const { status, body } = await get(`/api/orders/${id}`);
      expect([status, body.type]).toEqual([404, '/problems/not-found']);
      expect((rig.world.services.services.order.calls()['/api/v1/orders/:id'] ?? 0) - before).toBe(1);
    },
  );

  test.each(['%2e%2e', 'a%00', 'a%0A', 'x'.repeat(257)])(
    'the invalid order id %s is answered with 404, without an upstream call',
    async (id) => {
      const before = upstreamCalls(rig.world);
      const answer = await fetch(`${rig.service.url}/api/orders/${id}`, { headers: { ...rig.as('alice') } });
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(upstreamCalls(rig.world)).toBe(before);
    },
  );
});

describe('the required source', () => {
  // Few consecutive failures: the circuit breaker of orders opens after three.
  test.each([
    ['/api/orders', { kind: 'error', status: 500 }, 502, 'upstream-failed'],
    ['/api/orders', { kind: 'error', status: 429 }, 503, 'unavailable'],
    ['/api/orders', { kind: 'hang' }, 504, 'upstream-timeout'],
    ['/api/orders/alice-o1', { kind: 'garbage' }, 502, 'upstream-failed'],
    ['/api/orders/alice-o1', { kind: 'error', status: 429 }, 503, 'unavailable'],
    ['/api/orders/alice-o1', { kind: 'error', status: 404 }, 404, 'not-found'],
    ['/api/notifications', { kind: 'reset' }, 502, 'upstream-failed'],
    ['/api/preferences', { kind: 'error', status: 503 }, 502, 'upstream-failed'],
  ] as const)(
    'GET %s with the fault %j of its required source returns %i %s, and 200 when the fault has ended',
    async (path, fault, status, type) => {
      for (const service of Object.values(services())) service.faults.set({ route: '*', ...fault });
      const answer = await get(path);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ type: `/problems/${type}`, instance: path });
      if (status > 502) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(answer.headers['cache-control']).toBe('no-store');
      for (const service of Object.values(services())) service.faults.clear();
      expect((await get(path)).status).toBe(200);
    },
    10_000,
  );
});
