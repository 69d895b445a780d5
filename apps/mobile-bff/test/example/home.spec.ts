import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
const services = () => rig.world.services.services;
afterEach(() => {
  for (const service of Object.values(services())) service.faults.clear();
});
afterAll(() => rig.close());

const get = async (path: string, user = 'alice') =>
  request(rig.service.url)
    .get(path)
    .set(await rig.as(user));

test("the home screen contains the members of a phone's start page, and no null", async () => {
  const { status, body, text } = await get('/api/home');
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual([
    'loyalty_tier',
    'name',
    'notifications',
    'orders',
    'unread_notifications',
    '_meta',
  ]);
  expect(body.orders.map(Object.keys)).toEqual(Array(3).fill(['currency', 'id', 'status', 'total_cents']));
  expect(body.notifications.map(Object.keys)).toEqual(Array(3).fill(['id', 'title']));
  expect(text).not.toContain('null');
});

test('H3 the home screen omits members that are null, and keeps 0 and empty lists', async () => {
  services().notification.faults.set({ route: '*', kind: 'error' });
  services().order.faults.set({ route: '*', kind: 'error' });
  const { body } = await get('/api/home');
  expect(body).toMatchObject({ unread_notifications: 0, orders: [], notifications: [] });
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
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['etag']).toBeUndefined();
      services()[service].faults.clear();
      expect((await get('/api/home')).headers['etag']).toBeDefined();
    },
  );
});

test('a user of globex sees only the name and the order ids', async () => {
  const { body } = await get('/api/home', 'gina');
  expect(Object.keys(body)).toEqual(['name', 'orders', '_meta']);
  for (const order of body.orders) expect(Object.keys(order)).toEqual(['id']);
});
