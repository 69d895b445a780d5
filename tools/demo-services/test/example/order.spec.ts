import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDemoService, type DemoService } from '../../src/index.ts';
import type { Order, Page } from '../../src/data/models.ts';
import { accounts, seedOrders } from '../../src/data/seed.ts';
import { call, type As } from '../caller.ts';

let service: DemoService;
beforeAll(async () => void (service = await startDemoService('order-service')));
afterAll(() => service.close());

const page = (user: string, query: string, as: As = {}) =>
  call<Page<Order>>(service, `/api/v1/users/${user}/orders${query}`, { sub: user, ...as });

async function walk(user: string, limit: number, as: As = {}): Promise<Order[]> {
  const seen: Order[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `?limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { body } = await page(user, query, as);
    expect(body.items.length).toBeLessThanOrEqual(limit);
    seen.push(...body.items);
    cursor = body.next_cursor;
  }
  return seen;
}

const newestFirst = (a: Order, b: Order): number =>
  a.placed_at === b.placed_at ? (a.id < b.id ? 1 : -1) : a.placed_at < b.placed_at ? 1 : -1;
const withTies = accounts.find(([tenant, id]) => {
  const times = seedOrders(tenant, id).map((order) => order.placed_at);
  return new Set(times).size <= times.length - 3;
})!;
const withNone = accounts.find(([tenant, id]) => seedOrders(tenant, id).length === 0)!;

describe('GET /api/v1/users/:id/orders', () => {
  test('a list without a limit contains the five newest orders, with their items in order, and a cursor', async () => {
    const { status, body } = await page('alice', '');
    expect(status).toBe(200);
    expect(body.items).toEqual(seedOrders('acme', 'alice').sort(newestFirst).slice(0, 5));
    expect(typeof body.next_cursor).toBe('string');
    expect(Object.keys(body.items[0]!)).toEqual([
      'id',
      'user_id',
      'status',
      'placed_at',
      'total_cents',
      'currency',
      'note',
      'internal_notes',
      'items',
    ]);
  });

  test.each([1, 2, 3, 5, 7, 100])(
    'cursors with limit %i visit all orders exactly once, newest first',
    async (limit) => {
      const [tid, user] = withTies;
      expect(await walk(user, limit, { tid })).toEqual(seedOrders(tid, user).sort(newestFirst));
    },
  );

  test('the last page has no cursor, even when it is full', async () => {
    const count = seedOrders('acme', 'alice').length;
    expect((await page('alice', `?limit=${count}`)).body.next_cursor).toBeNull();
    expect((await page('alice', `?limit=${count - 1}`)).body.next_cursor).not.toBeNull();
  });

  test('a user without orders gets an empty page', async () => {
    const [tid, user] = withNone;
    expect(await page(user, '', { tid })).toMatchObject({
      status: 200,
      body: { items: [], next_cursor: null },
    });
  });

  test('T1 a cursor of one tenant gives another tenant’s user only their own orders', async () => {
    const { next_cursor } = (await page('max', '?limit=1')).body;
    const { body } = await page('max', `?limit=100&cursor=${next_cursor}`, { tid: 'globex' });
    const own = seedOrders('globex', 'max').map(({ internal_notes, id }) => [id, internal_notes]);
    for (const order of body.items) expect(own).toContainEqual([order.id, order.internal_notes]);
  });

  test.each(['0', '-1', '101', '1000', '1.5', 'five', '', ' 5', '0x5', '05'])(
    'a list with the limit %j gets 400',
    async (limit) => {
      expect(await page('alice', `?limit=${encodeURIComponent(limit)}`)).toMatchObject({
        status: 400,
        body: { type: '/problems/bad-request' },
      });
    },
  );

  const sealed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    '',
    'x',
    '%',
    '____',
    sealed(null),
    sealed(['2026-01-01T00:00:00Z']),
    sealed(['yesterday', 'a']),
    sealed({ id: 1 }),
  ])('a list with the forged cursor %j gets 400', async (cursor) => {
    expect(await page('alice', `?cursor=${encodeURIComponent(cursor)}`)).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-cursor' },
    });
  });

  test('the list of a user of another tenant gets 404, and the list of another user gets 403', async () => {
    expect((await page('gina', '', { tid: 'acme' })).status).toBe(404);
    expect((await page('bob', '', { sub: 'alice' })).status).toBe(403);
    expect((await page('bob', '', { sub: 'acme-erp', roles: ['partner'] })).status).toBe(200);
  });
});

describe('GET /api/v1/orders/:id', () => {
  const order = (id: string, as: As) => call<Order>(service, `/api/v1/orders/${id}`, as);

  test('an order is returned to its customer and to a partner of the tenant', async () => {
    const [expected] = seedOrders('acme', 'alice');
    expect((await order(expected!.id, {})).body).toEqual(expected);
    expect((await order(expected!.id, { sub: 'acme-erp', roles: ['partner'] })).body).toEqual(expected);
  });

  test('T1 the same order id denotes another order in another tenant', async () => {
    const { id } = seedOrders('acme', 'alice').at(-1)!;
    expect((await order(id, { tid: 'globex' })).body).toEqual(seedOrders('globex', 'alice').at(-1));
  });

  test.each<[string, string, As]>([
    ['an unknown order', 'o0', {}],
    ['another user’s order', 'alice-o1', { sub: 'bob' }],
    ['another user’s order, requested by an administrator', 'alice-o1', { sub: 'bob', roles: ['admin'] }],
    ['an order of another tenant', 'acme-user-003-o1', { tid: 'globex', roles: ['partner'] }],
  ])('reading %s gets 404', async (_case, id, as) => {
    expect((await order(id, as)).status).toBe(404);
  });
});
