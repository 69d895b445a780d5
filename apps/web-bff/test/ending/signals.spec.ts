import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { readConfig } from '../../src/config.ts';
import { startFakeProvider, type FakeProvider } from '../login/fake-provider.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser, type WebBrowser } from '../web-browser.ts';

const authorization = 'Bearer what-the-transmitter-shows-0123';
const audience = 'https://app.example/signals';
const caep = 'https://schemas.openid.net/secevent/caep/event-type/';
const risc = 'https://schemas.openid.net/secevent/risc/event-type/';
let provider: FakeProvider;
let redis: TestRedis;
let rig: Rig;
let settings: Record<string, string>;
beforeAll(async () => {
  [provider, redis] = await Promise.all([startFakeProvider(), startRedis()]);
  settings = {
    SIGNALS_ISSUER: 'https://transmitter.example',
    SIGNALS_JWKS_URL: `${provider.issuer}/jwks`,
    SIGNALS_AUDIENCE: audience,
    SIGNALS_AUTHORIZATION: authorization,
  };
  rig = await startRig({ ISSUER: provider.issuer, REDIS_URL: redis.url, ...settings });
});
afterAll(async () => {
  await rig.close();
  await redis.close();
  provider.close();
});

let user: { sub: string; sid: string };
let users = 0;
let browser: WebBrowser;
beforeEach(async () => {
  user = { sub: `user-${++users}`, sid: `sid-${users}` };
  browser = createWebBrowser(rig.service.url);
  await provider.login(browser, user);
});

const RS256 = { alg: 'RS256', kid: 'k1', typ: 'secevent+jwt' };
const eventToken = (type = `${risc}account-disabled`, claims: object = {}, header: object = RS256) =>
  provider.sign(
    { ...header },
    {
      iss: settings['SIGNALS_ISSUER'],
      aud: audience,
      jti: randomUUID(),
      iat: Math.floor(Date.now() / 1000),
      sub_id: { format: 'iss_sub', iss: provider.issuer, sub: user.sub },
      events: { [type]: { change_type: 'update' } },
      ...claims,
    },
    'rsa',
  );
const push = (
  body: string,
  headers: Record<string, string> = {},
  { method = 'POST', url = rig.service.url } = {},
) =>
  fetch(`${url}/signals`, {
    method,
    headers: { 'Content-Type': 'application/secevent+jwt', Authorization: authorization, ...headers },
    ...(method === 'POST' && { body }),
  });
const alive = async (one = browser) => (await one.call('get', '/auth/session')).status;

describe('push delivery (RFC 8935)', () => {
  test.each([`${caep}session-revoked`, `${caep}credential-change`, `${risc}account-purged`])(
    "F35 the event %s is answered with 202 without a body, and ends the user's session",
    async (type) => {
      const answer = await push(eventToken(type));
      expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([
        202,
        '',
        'no-store',
      ]);
      expect(await alive()).toBe(401);
    },
  );

  test('a repeated security event token is answered with 202', async () => {
    const token = eventToken();
    expect([(await push(token)).status, (await push(token)).status]).toEqual([202, 202]);
  });

  test.each([
    ['a forged token', 'invalid_key', () => `${eventToken().slice(0, -8)}AAAAAAAA`],
    ['a token of another issuer', 'invalid_issuer', () => eventToken(undefined, { iss: provider.issuer })],
    ['a token for another audience', 'invalid_audience', () => eventToken(undefined, { aud: 'web-bff' })],
    ['a logout token', 'invalid_request', () => eventToken(undefined, {}, { ...RS256, typ: 'logout+jwt' })],
    ['an empty body', 'invalid_request', () => ''],
    ['a body that is not a token', 'invalid_request', () => '{"events":{}}'],
  ])('a push delivery of %s is answered with 400 %s and ends no session', async (_, err, token) => {
    const answer = await push(token());
    expect([answer.status, await answer.json(), answer.headers.get('content-language')]).toEqual([
      400,
      { err, description: expect.any(String) },
      'en',
    ]);
    expect(await alive()).toBe(200);
  });

  test.each([
    ['without an Authorization field', ''],
    ['with an extra character in the credentials', `${authorization}x`],
    ['with credentials in lower case', authorization.toLowerCase()],
  ])('a push delivery %s is answered with 400 authentication_failed', async (_, value) => {
    const answer = await push(eventToken(), { Authorization: value });
    expect([answer.status, await answer.json()]).toMatchObject([400, { err: 'authentication_failed' }]);
    expect(await alive()).toBe(200);
  });

  test('the signals endpoint returns problem details: 415 for another media type, 413 for a longer body, 405 for another method', async () => {
    const answers = [
      await push(eventToken(), { 'Content-Type': 'application/json' }),
      await push('x'.repeat(40_000)),
      await push('', {}, { method: 'GET' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([415, 413, 405]);
    expect(answers[2]?.headers.get('allow')).toBe('POST');
    expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual(
      answers.map(() => expect.stringContaining('application/problem+json')),
    );
  });

  test('F38 a signal during an outage of Redis gets 503 with Retry-After, and takes effect once Redis has recovered', async () => {
    await push(eventToken());
    user = { ...user, sub: `${user.sub}-of-the-outage` };
    const token = eventToken();
    await redis.kill();
    const answer = await push(token);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
    await redis.start();
    await until(async () => (await fetch(`${rig.service.managementUrl}/readyz`)).status === 200);
    // Redis has lost all sessions. A login dated before the event shows that the event was applied: its
    // session has ended at once.
    await until(async () => {
      await provider.login(browser, { ...user, iat: Math.floor(Date.now() / 1000) - 20 });
      return (await alive()) === 401;
    });
  });

  /** Repeats a request that gets 503, as a transmitter does: a busy machine sheds some requests. */
  async function pushed(token: string): Promise<number> {
    for (;;) {
      const { status } = await push(token);
      if (status !== 503) return status;
    }
  }

  test('accepts 1,000 concurrent signals for 1,000 users, and ends no other session', async () => {
    const tokens = Array.from({ length: 1_000 }, (_, i) =>
      eventToken(undefined, { sub_id: { format: 'iss_sub', iss: provider.issuer, sub: `many-${i}` } }),
    );
    const statuses = await Promise.all(tokens.map(pushed));
    expect(statuses.filter((status) => status !== 202)).toEqual([]);
    expect(await alive()).toBe(200);
  }, 60_000);
});

test('the signals endpoint answers 404 when no transmitter is configured', async () => {
  const plain = await startRig({ ISSUER: provider.issuer });
  expect((await push(eventToken(), {}, { url: plain.service.url })).status).toBe(404);
  await plain.close();
});

test('rejects an incomplete configuration of the transmitter at start', () => {
  const read = (changes: Record<string, string>) => () => readConfig({ ...rig.env, ...changes });
  expect(read({ SIGNALS_AUDIENCE: '' })).toThrow(/SIGNALS_AUDIENCE must be set, because SIGNALS_ISSUER is/);
  expect(read({ SIGNALS_AUTHORIZATION: 'short' })).toThrow(/SIGNALS_AUTHORIZATION .*32 characters/);
  expect(read({ SIGNALS_ISSUER: 'not a url' })).toThrow(/SIGNALS_ISSUER/);
});
