import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { loginToMobileBff } from '@bff/demo-world';
import { anyScreen, anyService } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import { codeFor, redeem } from '../world/native-app.ts';
import { startRecorder, type Recorder } from '../world/recorder.ts';

const day = 86_400_000;
let rig: Rig;
let upstream: Recorder;
beforeAll(async () => {
  upstream = await startRecorder(() => rig.world.services.addresses[anyService.client]);
  rig = await startRig({ [anyService.addressVariable]: upstream.url });
});
afterEach(() => {
  rig.clock.aheadMs = 0;
});
afterAll(async () => {
  await rig.close();
  await upstream.close();
});

/** Headers as they are given, also those that `fetch` would join. */
async function ask(path: string, headers: readonly string[]) {
  const { hostname, port } = new URL(rig.url);
  const request = send({ hostname, port, path, headers: ['Host', `${hostname}:${port}`, ...headers] }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const body = JSON.parse(await text(response)) as { type?: string };
  return { status: response.statusCode, headers: response.headers, type: body.type };
}
const upstreamCalls = (): number =>
  Object.values(rig.world.services.services).reduce(
    (sum, { calls }) => sum + Object.values(calls()).reduce((one, other) => one + other, 0),
    upstream.exchanges.length,
  );

describe('a call without a good token', () => {
  test.each<[string, (token: string) => [path: string, headers: string[]], string | undefined]>([
    ['nothing', () => [anyScreen, []], undefined],
    ['the token in the query', (token) => [`${anyScreen}?access_token=${token}`, []], undefined],
    ['the token as a cookie', (token) => [anyScreen, ['Cookie', `__Host-bff=${token}`]], undefined],
    [
      'the token twice',
      (token) => [anyScreen, ['Authorization', `Bearer ${token}`, 'Authorization', `Bearer ${token}`]],
      'invalid_request',
    ],
    [
      'a second header of another kind',
      (token) => [anyScreen, ['Authorization', 'Basic YTpi', 'Authorization', `Bearer ${token}`]],
      'invalid_request',
    ],
    [
      'two tokens in one header',
      (token) => [anyScreen, ['Authorization', `Bearer ${token}, Bearer ${token}`]],
      'invalid_request',
    ],
    ['another scheme', (token) => [anyScreen, ['Authorization', `Basic ${token}`]], 'invalid_request'],
    ['no scheme', (token) => [anyScreen, ['Authorization', token]], 'invalid_request'],
    ['an empty header', () => [anyScreen, ['Authorization', '']], 'invalid_request'],
    ['a made-up token', () => [anyScreen, ['Authorization', `Bearer ${'A'.repeat(43)}`]], 'invalid_token'],
    ['a token and a bit', (token) => [anyScreen, ['Authorization', `Bearer ${token}A`]], 'invalid_token'],
    [
      'most of a token',
      (token) => [anyScreen, ['Authorization', `Bearer ${token.slice(0, -1)}`]],
      'invalid_token',
    ],
    ['10 KB', () => [anyScreen, ['Authorization', `Bearer ${'A'.repeat(10_000)}`]], 'invalid_token'],
  ])('%s: 401 with the challenge of RFC 6750, no redirect, no upstream call', async (_title, made, error) => {
    const { Authorization } = await rig.as('alice');
    const before = upstreamCalls();
    const [path, sent] = made(Authorization.slice('Bearer '.length));
    const { status, headers, type } = await ask(path, sent);
    expect([status, type, headers.location, headers['set-cookie']]).toEqual([
      401,
      '/problems/not-authenticated',
      undefined,
      undefined,
    ]);
    expect(headers['www-authenticate']).toBe(
      error === undefined ? 'Bearer realm="mobile-bff"' : `Bearer error="${error}"`,
    );
    expect(upstreamCalls()).toBe(before);
  });

  test('a token of the provider is worth nothing here', async () => {
    const { access_token } = rig.world.idp.control.devToken({ user: 'alice', audience: 'mobile-bff' });
    const { status, headers } = await ask(anyScreen, ['Authorization', `Bearer ${access_token}`]);
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
  });

  test('a code is no token, and a token is no code', async () => {
    const code = await codeFor(rig.url);
    expect((await ask(anyScreen, ['Authorization', `Bearer ${code}`])).status).toBe(401);
    const token = (await redeem(rig.url, code)).body['access_token']!;
    expect((await redeem(rig.url, token)).body['error']).toBe('invalid_grant');
  });
});

describe('the life of a token', () => {
  const status = async (headers: { Authorization: string }): Promise<number | undefined> =>
    (await ask(anyScreen, ['Authorization', headers.Authorization])).status;

  test('the scheme may be written in any case', async () => {
    const { Authorization } = await rig.as('alice');
    expect((await ask(anyScreen, ['authorization', Authorization.replace('Bearer', 'bEARER ')])).status).toBe(
      200,
    );
  });

  test('W12 unused for 30 days it ends; used, it lives on; after 90 days it ends in any case', async () => {
    const [idle, used] = [
      await loginToMobileBff({ url: rig.url, username: 'alice' }),
      await loginToMobileBff({ url: rig.url, username: 'alice' }),
    ];
    const seen: (number | undefined)[] = [];
    for (const days of [29, 58, 87, 89.9]) {
      rig.clock.aheadMs = days * day;
      seen.push(await status(used));
    }
    expect(seen).toEqual([200, 200, 200, 200]);
    expect(await status(idle)).toBe(401);
    rig.clock.aheadMs = 90 * day;
    expect(await status(used)).toBe(401);
  });
});

describe('what goes to an upstream', () => {
  test('W13 no token, no cookie, and no name that the client has given itself', async () => {
    const { Authorization } = await rig.as('alice');
    upstream.exchanges.length = 0;
    const { status } = await ask(anyScreen, [
      ...['Authorization', Authorization, 'Cookie', 'secret=cookie', 'X-Internal-BFF', 'evil'],
      ...['X_Tenant_ID', 'globex', 'x_internal_bff', 'evil', 'X-Forwarded-User', 'evil', 'X-User', 'evil'],
      ...['X-Tenant-ID', 'acme', 'DPoP', 'evil'],
    ]);
    expect(status).toBe(200);
    const sent = JSON.stringify(upstream.exchanges.map(({ rawHeaders }) => rawHeaders));
    expect(upstream.exchanges).not.toHaveLength(0);
    for (const { rawHeaders } of upstream.exchanges) {
      const names = rawHeaders.filter((_name, index) => index % 2 === 0).map((name) => name.toLowerCase());
      expect(names).toEqual(expect.arrayContaining(['authorization', 'x-internal-bff', 'x-tenant-id']));
      for (const name of ['cookie', 'dpop', 'x_tenant_id', 'x_internal_bff', 'x-user', 'x-forwarded-user'])
        expect(names).not.toContain(name);
    }
    expect(sent).not.toMatch(/evil|secret=cookie|globex/);
    expect(sent).not.toContain(Authorization.slice('Bearer '.length));
  });

  test('another tenant than one of the user: 403, and no upstream call', async () => {
    const { Authorization } = await rig.as('alice');
    const before = upstreamCalls();
    const { status, type } = await ask(anyScreen, ['Authorization', Authorization, 'X-Tenant-ID', 'globex']);
    expect([status, type, upstreamCalls()]).toEqual([403, '/problems/tenant-mismatch', before]);
  });
});
