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

test('composes five upstream calls into a home screen with nulls and without internal members', async () => {
  const before = upstreamCalls(rig.world);
  const { status, body, text, headers } = await get('/api/home');
  expect(status).toBe(200);
  expect(upstreamCalls(rig.world) - before).toBe(5);
  expect(Object.keys(body)).toEqual([
    'name',
    'unread_notifications',
    'loyalty_tier',
    'orders',
    'notifications',
    '_meta',
  ]);
  expect(body).toMatchObject({ name: 'Alice Grünwald', unread_notifications: 3 });
  expect(body.orders).toHaveLength(3);
  expect(body.notifications).toHaveLength(3);
  for (const order of body.orders)
    expect(Object.keys(order)).toEqual(['id', 'status', 'placed_at', 'total_cents', 'currency']);
  for (const notification of body.notifications) {
    expect(Object.keys(notification)).toEqual(['id', 'kind', 'title', 'body', 'created_at', 'read_at']);
    expect(notification.read_at).toBeNull();
  }
  expect(text).not.toContain('INTERNAL');
  expect(headers['server-timing']).toMatch(
    /user;dur=.*unread;dur=.*loyalty;dur=.*orders;dur=.*notifications;dur=/,
  );
});

test('the home screen shows the first orders and notifications of the lists', async () => {
  const { orders, notifications } = (await get('/api/home')).body;
  const ids = (items: { id: string }[]) => items.map(({ id }) => id);
  expect(ids(orders)).toEqual(ids((await get('/api/orders?limit=3')).body.orders));
  expect(ids(notifications)).toEqual(ids((await get('/api/notifications?limit=3')).body.notifications));
});

test('`fields` limits the home screen to the named members, and `shape=flat` flattens the selection', async () => {
  const { body } = await get('/api/home?fields=name,notifications[*].title');
  expect(Object.keys(body)).toEqual(['name', 'notifications', '_meta']);
  const flat = (await get('/api/home?fields=notifications[1].title&shape=flat')).body;
  expect(flat['notifications.1.title']).toBe(body.notifications[1].title);
});

describe('A1 a failed source is reported as degraded, and the other sources are complete', () => {
  test.each([
    ['user', 'user', '/api/v1/users/:id', { name: 'Unknown User' }],
    ['unread', 'notification', '/api/v1/users/:id/unread_count', { unread_notifications: 0 }],
    ['loyalty', 'loyalty', '*', { loyalty_tier: 'standard' }],
    ['orders', 'order', '*', { orders: [] }],
    ['notifications', 'notification', '/api/v1/users/:id/notifications', { notifications: [] }],
  ] as const)(
    'an outage of the source %s is answered with its fallback',
    async (source, service, route, fallback) => {
      const { _meta, ...whole } = (await get('/api/home')).body;
      expect(_meta.complete).toBe(true);
      services()[service].faults.set({ route, kind: 'error' });
      const { status, body, headers } = await get('/api/home');
      expect(status).toBe(200);
      expect(body).toEqual({
        ...whole,
        ...fallback,
        _meta: { complete: false, degraded: [{ source, reason: 'error', fallback: 'default' }] },
      });
      expect(headers).toMatchObject({
        'bff-degraded': `${source};reason=error;fallback=default`,
        'cache-control': 'no-store',
      });
      expect(headers['etag']).toBeUndefined();
      services()[service].faults.clear();
      expect((await get('/api/home')).headers['etag']).toBeDefined();
    },
  );
});

test('a user whom the upstream does not know gets 404 problem details', async () => {
  services().user.faults.set({ route: '/api/v1/users/:id', kind: 'error', status: 404 });
  const { status, body } = await get('/api/home');
  expect([status, body.type]).toEqual([404, '/problems/not-found']);
});

test('a user of globex sees only the name and the order ids', async () => {
  const { body } = await get('/api/home', 'gina');
  expect(Object.keys(body)).toEqual(['name', 'orders', '_meta']);
  for (const order of body.orders) expect(Object.keys(order)).toEqual(['id']);
});
