import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { anyService } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import {
  callApi,
  challengeOf,
  codeFor,
  parameters,
  post,
  redeem,
  redirectUri,
  toApp,
  verifier,
  type Changes,
} from '../world/native-app.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => {
  rig.clock.aheadMs = 0;
});
afterAll(() => rig.close());

describe('token endpoint', () => {
  test('M5 the token endpoint exchanges an authorization code for one opaque access token', async () => {
    const { status, body, headers } = await redeem(rig.url, await codeFor(rig.url));
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: 'Bearer',
      expires_in: expect.any(Number),
    });
    // expires_in is rounded down, and some time has passed since the token was issued.
    expect(90 * 86_400 - Number(body['expires_in'])).toBeLessThan(5);
    expect(Number(body['expires_in'])).toBeLessThanOrEqual(90 * 86_400);
    expect(await callApi(rig.url, body['access_token']!)).toBe(200);
  });

  test('M5 a second use of a code ends the session of the first use', async () => {
    const code = await codeFor(rig.url);
    const { body } = await redeem(rig.url, code);
    const again = await redeem(rig.url, code);
    expect([again.status, again.body]).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'the code is not valid' },
    ]);
    expect(await callApi(rig.url, body['access_token']!)).toBe(401);
  });

  test('M5 no token remains valid when many requests redeem one code concurrently', async () => {
    const code = await codeFor(rig.url);
    const answers = await Promise.all(Array.from({ length: 5 }, () => redeem(rig.url, code)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const { body } of answers)
      if (body['access_token']) expect(await callApi(rig.url, body['access_token'])).toBe(401);
  });

  test.each<[string, Changes, string]>([
    ['with another verifier', { code_verifier: 'x'.repeat(43) }, 'invalid_grant'],
    ['with the challenge as its verifier', { code_verifier: challengeOf(verifier) }, 'invalid_grant'],
    ['without a verifier', { code_verifier: undefined }, 'invalid_request'],
    ['with another port', { redirect_uri: 'http://127.0.0.1:49201/callback' }, 'invalid_grant'],
    ['without a redirect URI', { redirect_uri: undefined }, 'invalid_request'],
    ['by another client', { client_id: 'demo-tv' }, 'unauthorized_client'],
    ['by an unknown client', { client_id: 'stranger' }, 'invalid_client'],
    ['without a client id', { client_id: undefined }, 'invalid_request'],
    ['with two codes', { code: ['a', 'b'] }, 'invalid_request'],
    ['with two client ids', { client_id: ['demo-app', 'demo-app'] }, 'invalid_request'],
    ['with grant_type=refresh_token', { grant_type: 'refresh_token' }, 'unsupported_grant_type'],
    ['with grant_type=password', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['without grant_type', { grant_type: undefined }, 'invalid_request'],
    ['with a forged code', { code: 'A'.repeat(43) }, 'invalid_grant'],
    ['with an empty code', { code: '' }, 'invalid_request'],
    [
      'with a code of control characters and markup',
      { code: '\u0000%00"\'<script>\u{1f600}' },
      'invalid_grant',
    ],
    ['with a code of 4,000 characters', { code: 'A'.repeat(4_000) }, 'invalid_request'],
  ])(
    'M5 a token request %s gets %s, and the code remains valid for its client',
    async (_title, changes, error) => {
      const code = await codeFor(rig.url);
      const { status, body, headers } = await redeem(rig.url, code, changes);
      expect([status, body['error']]).toEqual([error === 'invalid_client' ? 401 : 400, error]);
      expect([headers.get('cache-control'), headers.get('location')]).toEqual(['no-store', null]);
      expect(JSON.stringify(body)).not.toContain(code);
      expect((await redeem(rig.url, code)).status).toBe(200);
    },
  );

  test('M5 a code expires after 60 seconds', async () => {
    const [early, late] = [await codeFor(rig.url), await codeFor(rig.url)];
    rig.clock.aheadMs = 55_000;
    expect((await redeem(rig.url, early)).status).toBe(200);
    rig.clock.aheadMs = 60_000;
    expect((await redeem(rig.url, late)).body['error']).toBe('invalid_grant');
  });

  test('the token endpoint ignores parameters in the query', async () => {
    const code = await codeFor(rig.url);
    const form = { grant_type: 'authorization_code', client_id: 'demo-app', redirect_uri: redirectUri, code };
    const query = parameters({ ...form, code_verifier: verifier });
    const { status, body } = await post(`${rig.url}/oauth/token?${query}`, {});
    expect([status, body['error']]).toEqual([400, 'invalid_request']);
  });

  test.each<[string, RequestInit, number, string]>([
    ['a JSON body', { headers: { 'Content-Type': 'application/json' }, body: '{}' }, 400, 'invalid_request'],
    ['a multipart body', { body: new FormData() }, 400, 'invalid_request'],
    ['a body without a media type', { headers: { 'Content-Type': '' }, body: 'a=b' }, 400, 'invalid_request'],
    ['a request without a body', {}, 400, 'invalid_request'],
    ['a body of 17 KiB', { body: new URLSearchParams({ code: 'x'.repeat(17_000) }) }, 413, 'invalid_request'],
    [
      'a compressed body',
      { headers: { 'Content-Encoding': 'gzip' }, body: new URLSearchParams('a=b') },
      415,
      'invalid_request',
    ],
    [
      'an unknown charset',
      { headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=evil' }, body: 'a=b' },
      415,
      'invalid_request',
    ],
    [
      'a client secret in the Authorization field',
      { headers: { Authorization: 'Basic ZGVtby1hcHA6' }, body: new URLSearchParams('grant_type=x') },
      401,
      'invalid_client',
    ],
  ])(
    'the token, device authorization and revocation endpoints answer %s with an error of RFC 6749',
    async (_title, init, status, error) => {
      for (const path of ['token', 'device_authorization', 'revoke']) {
        const response = await fetch(`${rig.url}/oauth/${path}`, { method: 'POST', ...init });
        expect([path, response.status, await response.json()]).toEqual([
          path,
          status,
          { error, error_description: expect.any(String) },
        ]);
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(response.headers.has('www-authenticate')).toBe(status === 401);
      }
    },
  );
});

describe('revocation endpoint (RFC 7009)', () => {
  const revoke = (token: string, changes: Changes = {}) =>
    post(`${rig.url}/oauth/revoke`, { client_id: 'demo-app', token, ...changes });
  const newToken = async () => (await redeem(rig.url, await codeFor(rig.url))).body['access_token']!;

  test('revocation ends a token at once and may be repeated', async () => {
    const token = await newToken();
    for (const changes of [{}, { token_type_hint: 'refresh_token' }]) {
      const { status, body, headers } = await revoke(token, changes);
      expect([status, body, headers.get('cache-control')]).toEqual([200, {}, 'no-store']);
      expect(await callApi(rig.url, token)).toBe(401);
    }
  });

  test('revocation of an unknown token answers 200', async () => {
    for (const token of ['A'.repeat(43), 'x', '\u{1f600}']) expect((await revoke(token)).status).toBe(200);
  });

  test('a client cannot revoke the token of another client', async () => {
    const token = await newToken();
    expect((await revoke(token, { client_id: 'demo-tv' })).status).toBe(200);
    expect((await revoke(token, { client_id: 'stranger' })).body['error']).toBe('invalid_client');
    expect(await callApi(rig.url, token)).toBe(200);
  });

  test('a revocation request without a token gets the error invalid_request', async () => {
    expect((await revoke('')).body['error']).toBe('invalid_request');
  });

  test('W9 a token that was revoked during a slow call stays revoked', async () => {
    const token = await newToken();
    const service = rig.world.services.services[anyService.client];
    service.faults.set({ route: '*', kind: 'latency', ms: 300 });
    const slow = callApi(rig.url, token);
    await revoke(token);
    expect(await slow).toBe(200);
    service.faults.clear();
    rig.clock.aheadMs = 120_000;
    expect(await callApi(rig.url, token)).toBe(401);
  });
});

test('the authorization response contains only code, issuer and state, and no data of the provider', async () => {
  const location = await toApp(rig.url);
  expect([...location.searchParams.keys()].sort()).toEqual(['code', 'iss', 'state']);
});
