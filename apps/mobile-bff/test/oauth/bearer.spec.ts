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

/** Sends header fields unchanged, including repeated ones, which `fetch` would combine. */
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

describe('calls without a valid token', () => {
  test.each<[string, (token: string) => [path: string, headers: string[]], string | undefined]>([
    ['no credentials', () => [anyScreen, []], undefined],
    ['a token in the query', (token) => [`${anyScreen}?access_token=${token}`, []], undefined],
    ['a token in a cookie', (token) => [anyScreen, ['Cookie', `__Host-bff=${token}`]], undefined],
    [
      'a repeated Authorization field',
      (token) => [anyScreen, ['Authorization', `Bearer ${token}`, 'Authorization', `Bearer ${token}`]],
      'invalid_request',
    ],
    [
      'a second Authorization field with another scheme',
      (token) => [anyScreen, ['Authorization', 'Basic YTpi', 'Authorization', `Bearer ${token}`]],
      'invalid_request',
    ],
    [
      'two tokens in one Authorization field',
      (token) => [anyScreen, ['Authorization', `Bearer ${token}, Bearer ${token}`]],
      'invalid_request',
    ],
    [
      'another scheme than Bearer',
      (token) => [anyScreen, ['Authorization', `Basic ${token}`]],
      'invalid_request',
    ],
    ['a token without a scheme', (token) => [anyScreen, ['Authorization', token]], 'invalid_request'],
    ['an empty Authorization field', () => [anyScreen, ['Authorization', '']], 'invalid_request'],
    ['a forged token', () => [anyScreen, ['Authorization', `Bearer ${'A'.repeat(43)}`]], 'invalid_token'],
    [
      'a token with an extra character',
      (token) => [anyScreen, ['Authorization', `Bearer ${token}A`]],
      'invalid_token',
    ],
    [
      'a truncated token',
      (token) => [anyScreen, ['Authorization', `Bearer ${token.slice(0, -1)}`]],
      'invalid_token',
    ],
    [
      'a token of 10 KB',
      () => [anyScreen, ['Authorization', `Bearer ${'A'.repeat(10_000)}`]],
      'invalid_token',
    ],
  ])(
    'a call with %s gets 401 with the challenge of RFC 6750, without a redirect or upstream call',
    async (_title, made, error) => {
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
    },
  );

  test('rejects an access token of the identity provider', async () => {
    const { access_token } = rig.world.idp.control.devToken({ user: 'alice', audience: 'mobile-bff' });
    const { status, headers } = await ask(anyScreen, ['Authorization', `Bearer ${access_token}`]);
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
  });

  test('rejects a code as an access token, and an access token as a code', async () => {
    const code = await codeFor(rig.url);
    expect((await ask(anyScreen, ['Authorization', `Bearer ${code}`])).status).toBe(401);
    const token = (await redeem(rig.url, code)).body['access_token']!;
    expect((await redeem(rig.url, token)).body['error']).toBe('invalid_grant');
  });
});

describe('lifetime of a token', () => {
  const status = async (headers: { Authorization: string }): Promise<number | undefined> =>
    (await ask(anyScreen, ['Authorization', headers.Authorization])).status;

  test('accepts the scheme Bearer in any letter case', async () => {
    const { Authorization } = await rig.as('alice');
    expect((await ask(anyScreen, ['authorization', Authorization.replace('Bearer', 'bEARER ')])).status).toBe(
      200,
    );
  });

  test('W12 a token expires after 30 days without use, and after 90 days regardless of use', async () => {
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

describe('requests to upstreams', () => {
  test('W13 upstream requests contain no client token, no cookie, and no identity header of the client', async () => {
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

  test('answers 403 without an upstream call when the user does not belong to the tenant', async () => {
    const { Authorization } = await rig.as('alice');
    const before = upstreamCalls();
    const { status, type } = await ask(anyScreen, ['Authorization', Authorization, 'X-Tenant-ID', 'globex']);
    expect([status, type, upstreamCalls()]).toEqual([403, '/problems/tenant-mismatch', before]);
  });
});
