import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const get = async (path: string, client: 'acme-erp' | 'globex-crm' = 'acme-erp') =>
  request(rig.service.url)
    .get(path)
    .set(await rig.as(client));

test("a partner receives all members of its tenant's customer except those that the tenant blocks", async () => {
  const { status, body, text } = await get('/v1/customers/alice/profile');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    name: 'Alice Grünwald',
    email: 'alice@acme.example',
    _meta: { complete: true, degraded: [] },
  });
  expect(Object.keys(body.orders[0])).toEqual([
    'id',
    'user_id',
    'status',
    'placed_at',
    'total_cents',
    'currency',
    'note',
    'items',
  ]);
  expect(text).not.toMatch(/SSN|INTERNAL|internal_notes/);
});

test('the profile of an unknown customer or of another tenant is answered with 404', async () => {
  expect((await get('/v1/customers/gina/profile')).status).toBe(404);
  expect((await get('/v1/customers/nobody-at-all/profile')).status).toBe(404);
  expect((await get('/v1/customers/..%2f..%2fadmin/profile')).status).toBe(404);
});

test('a partner of globex sees only name, email and order ids', async () => {
  const { body } = await get('/v1/customers/gina/profile', 'globex-crm');
  expect(Object.keys(body).sort()).toEqual(['_meta', 'email', 'name', 'orders']);
  for (const order of body.orders) expect(Object.keys(order)).toEqual(['id']);
});

test('rejects a token for another audience', async () => {
  const { access_token } = rig.world.idp.control.devToken({ user: 'alice', audience: 'web-bff' });
  const { status, headers } = await request(rig.service.url)
    .get('/v1/profile')
    .set('Authorization', `Bearer ${access_token}`);
  expect(status).toBe(401);
  expect(headers['www-authenticate']).toContain('invalid_token');
});

test('`fields` limits the profile to the named members, and an unchanged answer is confirmed with 304', async () => {
  const path = '/v1/customers/alice/profile?fields=orders[*].total_cents';
  const { body, headers } = await get(path);
  expect(Object.keys(body)).toEqual(['orders', '_meta']);
  const again = request(rig.service.url)
    .get(path)
    .set(await rig.as('acme-erp'));
  expect((await again.set('If-None-Match', headers['etag']!)).status).toBe(304);
});
