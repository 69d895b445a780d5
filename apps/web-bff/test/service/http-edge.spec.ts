import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());
const web = () => request(rig.service.url);

test('F53 POST /openapi.json is answered with 405 and Allow', async () => {
  const { status, headers } = await web().post('/openapi.json');
  expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
});

test.each([
  ['no session', anyScreen, {}],
  ['no session', '/auth/session', {}],
  ['an unknown session', anyScreen, { Cookie: `__Host-bff=${'a'.repeat(43)}` }],
  ['a bearer token, which web-bff does not read,', anyScreen, { Authorization: 'Bearer a.b.c' }],
])(
  'F53 a 401 for a request with %s at %s has one challenge, for which browsers show no login dialog',
  async (_, path, fields) => {
    const { status, headers } = await web().get(path).set('X-CSRF', '1').set(fields);
    expect([status, headers['www-authenticate']]).toEqual([401, 'Cookie']);
  },
);

test('F53 a HEAD request without a session gets 401 with a challenge and without a cookie', async () => {
  const { status, headers } = await web().head(anyScreen).set('X-CSRF', '1');
  expect([status, headers['www-authenticate'], headers['set-cookie']]).toEqual([401, 'Cookie', undefined]);
});

test('F57 the type of a problem is a URL that describes it, and an unknown type is answered with 404', async () => {
  const { body } = await web().get('/nowhere').expect(404);
  const page = await web().get(body.type).expect(200);
  expect(page.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(page.text).toContain('Not found');
  await web().get('/problems/toString').expect(404);
});

test('F64 a path in another spelling (letter case, trailing or double slash) is answered with 404', async () => {
  const name = anyScreen.replace('/api/', '');
  for (const path of [`/API/${name}`, `/api/${name}/`, `/api//${name}`, `/api/${name.toUpperCase()}`])
    expect([path, (await web().get(path).set(rig.as('alice'))).status]).toEqual([path, 404]);
});
