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

test("a partner gets the full objects of its tenant's customer, without what the tenant blocks", async () => {
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

test('a customer of another tenant, or of none, is not found', async () => {
  expect((await get('/v1/customers/gina/profile')).status).toBe(404);
  expect((await get('/v1/customers/nobody-at-all/profile')).status).toBe(404);
  expect((await get('/v1/customers/..%2f..%2fadmin/profile')).status).toBe(404);
});

test('globex sees name, email and the ids of orders', async () => {
  const { body } = await get('/v1/customers/gina/profile', 'globex-crm');
  expect(Object.keys(body).sort()).toEqual(['_meta', 'email', 'name', 'orders']);
  for (const order of body.orders) expect(Object.keys(order)).toEqual(['id']);
});

test('a token for another audience is refused', async () => {
  const { access_token } = rig.world.idp.control.devToken({ user: 'alice', audience: 'web-bff' });
  const { status, headers } = await request(rig.service.url)
    .get('/v1/profile')
    .set('Authorization', `Bearer ${access_token}`);
  expect(status).toBe(401);
  expect(headers['www-authenticate']).toContain('invalid_token');
});

test('fields= narrows; an answer that the partner has is not sent again', async () => {
  const path = '/v1/customers/alice/profile?fields=orders[*].total_cents';
  const { body, headers } = await get(path);
  expect(Object.keys(body)).toEqual(['orders', '_meta']);
  const again = request(rig.service.url)
    .get(path)
    .set(await rig.as('acme-erp'));
  expect((await again.set('If-None-Match', headers['etag']!)).status).toBe(304);
});
