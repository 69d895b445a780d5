import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => {
  for (const service of Object.values(rig.world.services.services)) service.faults.clear();
});
afterAll(() => rig.close());

const get = async (path: string, user = 'alice', headers: Record<string, string> = {}) =>
  request(rig.service.url)
    .get(path)
    .set({ ...(await rig.as(user)), ...headers });

test('the profile contains no null, and its orders have the members of the order list', async () => {
  for (const user of ['alice', 'bob']) {
    const { status, body, text } = await get('/api/profile', user);
    expect(status).toBe(200);
    expect(text).not.toContain('null');
    expect(body._meta.complete).toBe(true);
    for (const order of body.orders)
      expect(Object.keys(order)).toEqual(['currency', 'id', 'placed_at', 'status', 'total_cents']);
  }
});

test('H3 the profile omits members that are null, and keeps 0 and empty strings', async () => {
  const { services } = rig.world.services;
  services.notification.faults.set({ route: '*', kind: 'error' });
  services.user.faults.set({ route: '/api/v1/users/:id', kind: 'error' });
  const { body } = await get('/api/profile');
  expect(body).toMatchObject({ unread_notifications: 0, email: '', name: 'Unknown User' });
  expect(body).not.toHaveProperty('avatar_url');
  expect(body._meta).toEqual({
    complete: false,
    degraded: [
      { source: 'user', reason: 'error', fallback: 'default' },
      { source: 'notifications', reason: 'error', fallback: 'default' },
    ],
  });
});

test('`fields` limits the profile to the named members, and its ETag yields 304 for the same `fields` only', async () => {
  const { body, headers } = await get('/api/profile?fields=unread_notifications');
  expect(Object.keys(body)).toEqual(['unread_notifications', '_meta']);
  const known = { 'If-None-Match': headers['etag']! };
  expect((await get('/api/profile?fields=unread_notifications', 'alice', known)).status).toBe(304);
  expect((await get('/api/profile', 'alice', known)).status).toBe(200);
});

test('a user of globex sees only name, email and order ids in the profile', async () => {
  const { body } = await get('/api/profile', 'gina');
  expect(Object.keys(body)).toEqual(['email', 'name', 'orders', '_meta']);
  for (const order of body.orders) expect(Object.keys(order)).toEqual(['id']);
});

test('a request without a token is answered with 401 problem details, without a redirect', async () => {
  const { status, body, headers } = await request(rig.service.url).get('/api/profile');
  expect([status, body.type, headers['location']]).toEqual([401, '/problems/not-authenticated', undefined]);
});
