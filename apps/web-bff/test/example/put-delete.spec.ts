import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const send = (method: 'get' | 'put' | 'delete', path: string, headers: Record<string, string> = {}) => {
  const client = request(rig.service.url);
  return client[method](path).set({ ...rig.as('alice'), ...headers });
};

test('PUT replaces all preferences when the client has the current version', async () => {
  const { etag } = (await send('get', '/api/preferences')).headers;
  const replaced = await send('put', '/api/preferences', { 'If-Match': etag! }).send({ theme: 'sepia' });
  expect(replaced.status).toBe(200);
  expect(replaced.body).toEqual({ theme: 'sepia', _meta: { complete: true, degraded: [] } });
  const after = await send('get', '/api/preferences');
  expect([after.body.theme, after.headers['etag']]).toEqual(['sepia', replaced.headers['etag']]);
  expect((await send('put', '/api/preferences', { 'If-Match': etag! }).send({})).status).toBe(412);
  expect((await send('put', '/api/preferences').send({})).status).toBe(428);
});

test('DELETE removes a notification, and a second DELETE returns 404', async () => {
  const [{ id }] = (await send('get', '/api/notifications')).body.notifications;
  const removed = await send('delete', `/api/notifications/${id}`);
  expect([removed.status, removed.text]).toEqual([204, '']);
  expect((await send('delete', `/api/notifications/${id}`)).status).toBe(404);
  expect((await send('get', '/api/notifications')).text).not.toContain(`"${id}"`);
});

test('T5 a write that is repeated with the same Idempotency-Key is made once and gets the same answer', async () => {
  const [{ id }] = (await send('get', '/api/notifications')).body.notifications;
  const again = () => send('delete', `/api/notifications/${id}`, { 'Idempotency-Key': 'remove-1' });
  expect((await again()).status).toBe(204);
  const repeated = await again();
  expect([repeated.status, repeated.headers['idempotency-replayed']]).toEqual([204, 'true']);
  const calls = rig.world.services.services.notification.calls()['/api/v1/notifications/:id'];
  const other = await send('delete', '/api/notifications/nothing', { 'Idempotency-Key': 'remove-1' });
  expect([other.status, other.body.type]).toEqual([422, '/problems/unprocessable']);
  expect(rig.world.services.services.notification.calls()['/api/v1/notifications/:id']).toBe(calls);
});

test('a write receipt is available only to the user who sent the write, with session cookie and X-CSRF', async () => {
  const alice = rig.as('alice');
  const receiptOf = (headers: Record<string, string>) =>
    request(rig.service.url).get('/api/writes/k1').set(headers);
  const [{ id }] = (await request(rig.service.url).get('/api/notifications').set(alice)).body.notifications;
  const path = `/api/notifications/${id}`;
  expect(
    (
      await request(rig.service.url)
        .delete(path)
        .set({ ...alice, 'Idempotency-Key': 'k1' })
    ).status,
  ).toBe(204);
  const { status, body, headers } = await receiptOf(alice);
  expect([status, body]).toEqual([200, { state: 'applied', status: 204 }]);
  expect(headers).toMatchObject({ 'cache-control': 'no-store' });
  expect((await receiptOf(rig.as('bob'))).status).toBe(404);
  const withoutCsrf = Object.fromEntries(Object.entries(alice).filter(([name]) => name !== 'X-CSRF'));
  expect((await receiptOf(withoutCsrf)).status).toBe(403);
  expect((await receiptOf({ ...alice, Cookie: '' })).status).toBe(401);
});
