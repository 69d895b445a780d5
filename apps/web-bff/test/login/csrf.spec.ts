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

describe('W8 a call that does not prove to come from our page', () => {
  const table = guarded.flatMap(([method, path]) =>
    foreign.map((headers) => [method, path, headers] as const),
  );

  test.each(table)('%s %s with %j: 403, nothing done, nobody called', async (method, path, headers) => {
    const before = upstreamCalls(rig.world);
    const answer = await request(rig.service.url)[method](path).set(headers).set('Cookie', browser.cookie);
    expect(answer.status).toBe(403);
    expect(answer.body.type).toBe('/problems/csrf');
    for (const name of ['location', 'set-cookie', 'access-control-allow-origin'])
      expect(answer.headers).not.toHaveProperty(name);
    expect(upstreamCalls(rig.world)).toBe(before);
    expect((await browser.call('get', '/auth/session')).status).toBe(200);
  });

  test('is refused before anybody asks who it is', async () => {
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
  ])('with %j passes', async (headers) => {
    const own = 'Origin' in headers ? { ...headers, Origin: rig.service.url } : headers;
    expect((await browser.call('get', anyScreen, own)).status).toBe(200);
    expect((await browser.call('delete', '/auth/sessions', own)).status).toBe(204);
    expect((await browser.call('post', '/auth/logout', own)).status).toBe(200);
  });
});

describe('W8 strangers', () => {
  const stranger = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };

  test.each(['/auth/session', '/auth/sessions', '/auth/login', '/'])(
    'GET %s of a foreign page may not be read by it',
    async (path) => {
      const { headers } = await browser.navigate(path, stranger);
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
  ])('a preflight to %s: %i without permission', async (path, status) => {
    const answer = await request(rig.service.url)
      .options(path)
      .set({
        ...stranger,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-csrf',
      });
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('W8 /auth/login', () => {
  test.each(['cors', 'no-cors', 'same-origin', 'websocket'])(
    'with Sec-Fetch-Mode %s: 401, no Location, no cookie',
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
    'with %j: a navigation, 302',
    async (headers) => {
      const answer = await browser.navigate('/auth/login?return_to=/', headers);
      expect(answer.status).toBe(302);
      expect(answer.headers['location']).toContain(rig.world.idp.issuer);
    },
  );

  test('fetch itself, as a script would', async () => {
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
])('W8 %s %s without a session: 401, no Location, no cookie', async (method, path) => {
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
])('%s %s: 405 and what is allowed', async (method, path, allow) => {
  const answer = await fetch(rig.service.url + path, { method });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
});
