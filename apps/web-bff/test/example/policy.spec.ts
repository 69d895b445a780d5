import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
const blocked = ['orders.note', 'orders.items.sku', 'notifications.body', 'preferences.digest.hour'];

/** Returns the setting of a tenants file in which acme and globex have the same policy. */
function tenantsWith(name: string, fields: object, screens: object = {}): Record<string, string> {
  const TENANTS_FILE = join(folder, `${name}.json`);
  const tenants = ['acme', 'globex'].map((id) => ({ id, name: id, status: 'active', fields, screens }));
  writeFileSync(TENANTS_FILE, JSON.stringify({ tenants }));
  return { TENANTS_FILE };
}

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(tenantsWith('blocked', { blocked }));
});
afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

const get = async (path: string) =>
  (await request(rig.service.url).get(path).set(rig.as('alice')).expect(200)).body;

/** Policies name paths from the root of a view, so every view must nest a resource as the list does. */
test('a member hidden in a list is hidden in the single resource, and on every other screen', async () => {
  const { orders } = await get('/api/orders');
  const order = await get(`/api/orders/${orders[0].id}`);
  for (const each of [...orders, order, ...(await get('/api/profile')).orders]) {
    expect(each).not.toHaveProperty('note');
    expect(each.items[0]).not.toHaveProperty('sku');
    expect(each.items[0]).toHaveProperty('name');
  }
  const { notifications } = await get('/api/notifications');
  const read = await request(rig.service.url)
    .post(`/api/notifications/${notifications[0].id}/read`)
    .set(rig.as('alice'));
  for (const each of [...notifications, read.body, ...(await get('/api/home')).notifications]) {
    expect(each).not.toHaveProperty('body');
    expect(each).toHaveProperty('title');
  }
  expect((await get('/api/preferences')).digest).toEqual({ frequency: expect.any(String) });
  expect((await get('/api/profile')).preferences.digest).toEqual({ frequency: expect.any(String) });
});

test.each([
  ['{"digest":{"hour":1}}', 422],
  ['{"digest":{"hour":null}}', 422],
  ['{"digest":null}', 422],
  ['{"digest":"never"}', 422],
  ['{"digest":{"frequency":"never"}}', 200],
])(
  'PATCH %s is answered with %i: a hidden member is neither written nor removed with its parent',
  async (patch, status) => {
    const answer = await request(rig.service.url)
      .patch('/api/preferences')
      .set(rig.as('alice'))
      .set({ 'If-Match': '*', 'Content-Type': 'application/json' })
      .send(patch);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('hour');
  },
);

test('H1 a member that the policy hides on one screen is hidden on that screen, also in answers to writes, and visible on other screens', async () => {
  const hidden = { blocked: ['notifications.body'] };
  const other = await startRig(tenantsWith('screens', {}, { notifications: hidden }));
  try {
    const ask = (method: 'get' | 'post', path: string) =>
      request(other.service.url)[method](path).set(other.as('alice')).expect(200);
    const { body: list } = await ask('get', '/api/notifications');
    const { body: read } = await ask('post', `/api/notifications/${list.notifications[0].id}/read`);
    for (const each of [...list.notifications, read]) expect(each).not.toHaveProperty('body');
    for (const each of (await ask('get', '/api/home')).body.notifications)
      expect(each).toHaveProperty('body');
  } finally {
    await other.close();
  }
});

test('T1 entity tags of two tenants and two users differ, even when all of them see the same empty view', async () => {
  const blind = await startRig(tenantsWith('blind', { allowed: ['nothing'] }));
  try {
    const tagOf = async (user: string, tenant: string) => {
      const asked = request(blind.service.url).get('/api/preferences').set(blind.as(user));
      const { body, headers } = await asked.set('X-Tenant-ID', tenant).expect(200);
      expect(Object.keys(body)).toEqual(['_meta']);
      return headers['etag'];
    };
    const all = [await tagOf('max', 'acme'), await tagOf('max', 'globex'), await tagOf('alice', 'acme')];
    expect(all).not.toContain(undefined);
    expect(new Set(all).size).toBe(3);
  } finally {
    await blind.close();
  }
});
