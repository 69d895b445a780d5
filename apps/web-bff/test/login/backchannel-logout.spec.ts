import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { logoutThroughForm } from '@bff/dev-idp';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import request from 'supertest';
import { logoutEvent, startFakeProvider, type FakeProvider } from './fake-provider.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser, type WebBrowser } from '../web-browser.ts';

let provider: FakeProvider;
let redis: TestRedis;
let rig: Rig;
let browser: WebBrowser;
beforeAll(async () => {
  [provider, redis] = await Promise.all([startFakeProvider(), startRedis()]);
  rig = await startRig({ ISSUER: provider.issuer, REDIS_URL: redis.url });
});
/** Each test has its own user, because a logout also ends sessions that start later in the same second. */
let alice = { sub: '', sid: '' };
let users = 0;
beforeEach(async () => {
  alice = { sub: `alice-${++users}`, sid: `sid-${users}` };
  browser = createWebBrowser(rig.service.url);
  await provider.login(browser, alice);
});
afterAll(async () => {
  await rig.close();
  await redis.close();
  provider.close();
});

const RS256 = { alg: 'RS256', kid: 'k1', typ: 'logout+jwt' };
const logoutClaims = (changes: object = {}) => provider.logoutClaims({ ...alice, ...changes });
const signed = (changes: object = {}, header: object = RS256) =>
  provider.sign({ ...header }, logoutClaims(changes), 'rsa');
const send = (token: string) =>
  request(rig.service.url).post('/auth/backchannel-logout').type('form').send({ logout_token: token });
const alive = async (one = browser) => (await one.call('get', '/auth/session')).status;
const now = (): number => Math.floor(Date.now() / 1000);

describe('W11 back-channel logout', () => {
  test('a logout token with sid ends that session and no other', async () => {
    const other = createWebBrowser(rig.service.url);
    await provider.login(other, { ...alice, sid: 'other' });
    const answer = await send(signed());
    expect([answer.status, answer.text, answer.headers['cache-control']]).toEqual([200, '', 'no-store']);
    expect([await alive(), await alive(other)]).toEqual([401, 200]);
  });

  test('F58 a back-channel logout ignores forty further parameters (RFC 6749, section 3.2), and rejects a repeated logout_token', async () => {
    const more = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, 'x']));
    const form = (fields: object) =>
      request(rig.service.url).post('/auth/backchannel-logout').type('form').send(fields);
    const excess = await form(
      Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`p${index}`, 'x'])),
    );
    expect([excess.status, excess.body.detail]).toEqual([413, 'The form has too many parameters.']);
    const long = await form({ x: 'x'.repeat(20_000) });
    expect([long.status, long.body.detail]).toEqual([413, 'The limit is 16384 bytes.']);
    expect((await form({ logout_token: [signed(), signed()] })).status).toBe(400);
    expect(await alive()).toBe(200);
    expect((await form({ ...more, logout_token: signed() })).status).toBe(200);
    expect(await alive()).toBe(401);
  });

  test('a logout token with a sub and without a sid ends all sessions of that user, and of no other user', async () => {
    const [second, bob] = [createWebBrowser(rig.service.url), createWebBrowser(rig.service.url)];
    await provider.login(second, { ...alice, sid: 'other' });
    await provider.login(bob, { sub: `bob-${users}`, sid: `bob-${users}` });
    expect((await send(signed({ sid: undefined }))).status).toBe(200);
    expect([await alive(), await alive(second), await alive(bob)]).toEqual([401, 401, 200]);
  });

  test('a session that started after the logout survives', async () => {
    const token = signed({ sid: undefined, iat: now() - 5 });
    await provider.login(browser, { ...alice, iat: now() - 10 });
    const later = createWebBrowser(rig.service.url);
    await provider.login(later, alice);
    expect((await send(token)).status).toBe(200);
    expect([await alive(), await alive(later)]).toEqual([401, 200]);
  });

  const forgeries: readonly (readonly [string, () => string])[] = [
    ['alg none', () => provider.sign({ ...RS256, alg: 'none' }, logoutClaims())],
    ['HS256 with the public key', () => provider.sign({ ...RS256, alg: 'HS256' }, logoutClaims(), { secret: provider.rsaPublicKey })],
    ['HS256 with the client secret', () => provider.sign({ alg: 'HS256' }, logoutClaims(), { secret: 'web-bff-dev-secret' })],
    ['an unknown kid', () => signed({}, { ...RS256, kid: 'k2' })],
    ['a truncated signature', () => signed().slice(0, -5)],
    ['typ of an ID token', () => signed({}, { ...RS256, typ: 'JWT' })],
    ['typ of an access token', () => signed({}, { ...RS256, typ: 'at+jwt' })],
    ['an ID token instead of a logout token', () => provider.sign({ alg: 'RS256', kid: 'k1' }, { ...logoutClaims({ events: undefined }), nonce: 'n' }, 'rsa')],
    ...Object.entries({
      'another issuer': { iss: 'https://other.example' },
      'no issuer': { iss: undefined },
      'another audience': { aud: 'mobile-bff' },
      'no audience': { aud: undefined },
      'no events': { events: undefined },
      'another event': { events: { 'http://schemas.openid.net/event/other': {} } },
      'an event that is not an object': { events: { [logoutEvent]: true } },
      'a nonce': { nonce: 'n' },
      'neither sub nor sid': { sub: undefined, sid: undefined },
      'no iat': { iat: undefined },
      'no exp': { exp: undefined },
      'no jti': { jti: undefined },
      'an exp in the past': { iat: now() - 300, exp: now() - 120 },
      'an iat in the future': { iat: now() + 300, exp: now() + 400 },
    }).map(([name, changes]) => [name, () => signed(changes)] as const),
    ['an empty value', () => ''],
    ['garbage', () => 'a.b.c'],
    ['10 KB of garbage', () => 'a'.repeat(10_000)],
  ]; // prettier-ignore

  test.each(forgeries)('a logout token is rejected with 400 and ends no session: %s', async (_, forge) => {
    const answer = await send(forge());
    expect(answer.status).toBe(400);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(answer.body).toEqual({ error: 'invalid_request', error_description: expect.any(String) });
    expect(await alive()).toBe(200);
  });

  test('a repeated logout token is answered with 400', async () => {
    const token = signed();
    expect((await send(token)).status).toBe(200);
    const again = await send(token);
    expect([again.status, again.body.error]).toEqual([400, 'invalid_request']);
  });

  test.each([
    ['JSON', 'application/json', () => JSON.stringify({ logout_token: signed() }), 400],
    ['text', 'text/plain', () => `logout_token=${signed()}`, 400],
    [
      'two tokens',
      'application/x-www-form-urlencoded',
      () => `logout_token=${signed()}&logout_token=${signed()}`,
      400,
    ],
    ['a token under another name', 'application/x-www-form-urlencoded', () => `token=${signed()}`, 400],
    ['no content', 'application/x-www-form-urlencoded', () => '', 400],
    ['20 KB', 'application/x-www-form-urlencoded', () => `logout_token=${'a'.repeat(20_000)}`, 413],
    [
      'another charset',
      'application/x-www-form-urlencoded; charset=utf-7',
      () => `logout_token=${signed()}`,
      415,
    ],
    ['many parameters', 'application/x-www-form-urlencoded', () => 'a=b&'.repeat(100), 413],
  ])(
    'a back-channel logout with a body of %s is answered with 4xx, never 500',
    async (_, type, body, status) => {
      const answer = await request(rig.service.url)
        .post('/auth/backchannel-logout')
        .set('Content-Type', type)
        .send(body());
      expect([answer.status, answer.headers['cache-control']]).toEqual([status, 'no-store']);
      expect(await alive()).toBe(200);
    },
  );

  test("a logout token during an outage of the store gets 503, and the provider's retry with the same token succeeds", async () => {
    const token = signed();
    redis.cli('SAVE');
    await redis.kill();
    const answer = await send(token);
    expect([answer.status, answer.headers['cache-control']]).toEqual([503, 'no-store']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    await redis.start();
    await until(async () => (await alive()) === 200);
    expect((await send(token)).status).toBe(200);
    expect(await alive()).toBe(401);
  });

  test('a logout token gets 503 while the keys of the provider are unknown and the provider is down', async () => {
    const own = await startRig({ ISSUER: provider.issuer });
    provider.down = true;
    const answer = await request(own.service.url)
      .post('/auth/backchannel-logout')
      .type('form')
      .send({ logout_token: signed() });
    provider.down = false;
    expect([answer.status, answer.body.type]).toEqual([503, '/problems/unavailable']);
    await own.close();
  });
});

test('W11 a logout in another application of the real provider ends the session of this browser only', async () => {
  const own = await startRig();
  const [one, other] = [createWebBrowser(own.service.url), createWebBrowser(own.service.url)];
  await one.login();
  await other.login();
  const { issuer } = own.world.idp;
  const parameters = new URLSearchParams({
    client_id: 'web-bff',
    post_logout_redirect_uri: `${own.service.url}/`,
  });
  await logoutThroughForm({ endSessionUrl: `${issuer}/session/end?${parameters}`, browser: one.atProvider });
  expect([await alive(one), await alive(other)]).toEqual([401, 200]);
  await own.close();
});
