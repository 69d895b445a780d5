import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { anyScreen } from '../any-screen.ts';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';
import { createWebBrowser, type WebBrowser } from '../web-browser.ts';

let rig: Rig;
let browser: WebBrowser;
beforeAll(async () => {
  rig = await startRig();
});
beforeEach(async () => {
  browser = createWebBrowser(rig.service.url);
  await browser.login();
});
afterAll(() => rig.close());

const guarded = [
  ['get', anyScreen],
  ['get', '/api/nothing'],
  ['patch', anyScreen],
  ['post', '/auth/logout'],
  ['delete', '/auth/sessions'],
  ['delete', '/auth/sessions/some-id'],
] as const;

const foreign: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'X-CSRF': '' },
  { 'X-CSRF': '0' },
  { 'X-CSRF': 'true' },
  { 'X-CSRF': '1, 1' },
  { X_CSRF: '1' },
  { 'X-CSRF': '1', Origin: 'https://evil.example' },
  { 'X-CSRF': '1', Origin: 'null' },
  { 'X-CSRF': '1', Origin: '' },
  { 'X-CSRF': '1', Origin: 'http://127.0.0.1' },
  { 'X-CSRF': '1', Origin: 'https://127.0.0.1:3001' },
  { 'X-CSRF': '1', Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' },
  { 'X-CSRF': '1', 'Sec-Fetch-Site': 'cross-site' },
  { 'X-CSRF': '1', 'Sec-Fetch-Site': 'same-site' },
  { 'X-CSRF': '1', 'Sec-Fetch-Site': 'none' },
  { 'Sec-Fetch-Site': 'same-origin' },
];

describe('W8 a call without proof that it comes from our page', () => {
  const table = guarded.flatMap(([method, path]) =>
    foreign.map((headers) => [method, path, headers] as const),
  );

  test.each(table)(
    '%s %s with %j is answered with 403, without an effect or upstream call',
    async (method, path, headers) => {
      const before = upstreamCalls(rig.world);
      const answer = await request(rig.service.url)[method](path).set(headers).set('Cookie', browser.cookie);
      expect(answer.status).toBe(403);
      expect(answer.body.type).toBe('/problems/csrf');
      for (const name of ['location', 'set-cookie', 'access-control-allow-origin'])
        expect(answer.headers).not.toHaveProperty(name);
      expect(upstreamCalls(rig.world)).toBe(before);
      expect((await browser.call('get', '/auth/session')).status).toBe(200);
    },
  );

  test('a call without X-CSRF gets 403 rather than 401, because CSRF is checked before the session', async () => {
    const { status, body } = await request(rig.service.url).get(anyScreen);
    expect([status, body.type]).toEqual([403, '/problems/csrf']);
  });
});

describe('W8 a call of our page', () => {
  test.each<Readonly<Record<string, string>>>([
    { 'X-CSRF': '1' },
    { 'X-CSRF': '1', 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' },
    { 'X-CSRF': '1', Origin: 'ours' },
    { 'X-CSRF': '1', Origin: 'ours', 'Sec-Fetch-Site': 'same-origin' },
  ])('a call of our page with %j is accepted', async (headers) => {
    const own = 'Origin' in headers ? { ...headers, Origin: rig.service.url } : headers;
    expect((await browser.call('get', anyScreen, own)).status).toBe(200);
    expect((await browser.call('delete', '/auth/sessions', own)).status).toBe(204);
    expect((await browser.call('post', '/auth/logout', own)).status).toBe(200);
  });
});

describe('W8 pages of other origins', () => {
  const otherOrigin = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };

  test.each(['/auth/session', '/auth/sessions', '/auth/login', '/'])(
    'the answer to GET %s cannot be read by a page of another origin',
    async (path) => {
      const { headers } = await browser.navigate(path, otherOrigin);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    },
  );

  test.each([
    [anyScreen, 403],
    ['/auth/logout', 405],
    ['/auth/sessions', 405],
    ['/auth/sessions/x', 405],
    ['/auth/backchannel-logout', 405],
  ])(
    'a preflight from another origin to %s is answered with %i and without CORS header fields',
    async (path, status) => {
      const answer = await request(rig.service.url)
        .options(path)
        .set({
          ...otherOrigin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'x-csrf',
        });
      expect(answer.status).toBe(status);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );
});

describe('W8 /auth/login', () => {
  test.each(['cors', 'no-cors', 'same-origin', 'websocket'])(
    '/auth/login with Sec-Fetch-Mode %s is answered with 401, without Location and cookie',
    async (mode) => {
      rig.world.idp.control.resetCalls();
      const answer = await browser.navigate('/auth/login?return_to=/', { 'Sec-Fetch-Mode': mode });
      expect(answer.status).toBe(401);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      for (const name of ['location', 'set-cookie']) expect(answer.headers).not.toHaveProperty(name);
      expect(rig.world.idp.control.calls().discovery).toBe(0);
    },
  );

  test.each<Readonly<Record<string, string>>>([{ 'Sec-Fetch-Mode': 'navigate' }, {}])(
    '/auth/login with %j counts as a navigation and redirects to the provider',
    async (headers) => {
      const answer = await browser.navigate('/auth/login?return_to=/', headers);
      expect(answer.status).toBe(302);
      expect(answer.headers['location']).toContain(rig.world.idp.issuer);
    },
  );

  test('/auth/login is answered with 401 when a script fetches it', async () => {
    const answer = await fetch(`${rig.service.url}/auth/login?return_to=/`, { redirect: 'manual' });
    expect(answer.status).toBe(401);
  });
});

test.each([
  ['GET', anyScreen],
  ['GET', '/auth/session'],
  ['GET', '/auth/sessions'],
  ['DELETE', '/auth/sessions'],
  ['DELETE', '/auth/sessions/x'],
])('W8 %s %s without a session is answered with 401, without Location and cookie', async (method, path) => {
  const answer = await fetch(rig.service.url + path, {
    method,
    headers: { 'X-CSRF': '1' },
    redirect: 'manual',
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ type: '/problems/not-authenticated', instance: path });
  for (const name of ['location', 'set-cookie']) expect(answer.headers.has(name)).toBe(false);
});

test.each([
  ['POST', '/auth/login', 'GET, HEAD'],
  ['POST', '/auth/callback', 'GET, HEAD'],
  ['DELETE', '/auth/session', 'GET, HEAD'],
  ['GET', '/auth/logout', 'POST'],
  ['GET', '/auth/backchannel-logout', 'POST'],
  ['POST', '/auth/sessions', 'GET, HEAD, DELETE'],
  ['GET', '/auth/sessions/x', 'DELETE'],
])('%s %s is answered with 405 and Allow', async (method, path, allow) => {
  const answer = await fetch(rig.service.url + path, { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
});
