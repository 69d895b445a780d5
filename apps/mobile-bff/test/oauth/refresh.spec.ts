import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createBrowser } from '@bff/dev-idp';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import * as client from 'openid-client';
import { startRig, type Rig } from '../rig.ts';
import { beginDevice, decideDevice, poll } from '../world/device.ts';
import { callApi, codeFor, post, redeem, redirectUri, signIn, type Answer } from '../world/native-app.ts';

const interval = 15 * 60_000;
const day = 86_400_000;
let rig: Rig;
let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({
    REVALIDATION_SECONDS: '900',
    TOKEN_ABSOLUTE_SECONDS: String(365 * 86_400),
    SESSION_CACHE_SECONDS: '0',
    REDIS_URL: redis.url,
  });
});
afterAll(async () => {
  await rig.close();
  await redis.close();
});
beforeEach(() => {
  const { control } = rig.world.idp;
  control.clearFaults();
  control.setUserEnabled('bob', true);
  control.resetCalls();
});

interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

const tokensOf = ({ body }: Answer): Tokens => ({
  access: body['access_token']!,
  refresh: body['refresh_token']!,
});
const logIn = async (): Promise<Tokens> => tokensOf(await redeem(rig.url, await codeFor(rig.url, 'bob')));
const refresh = (token: string, changes = {}): Promise<Answer> => refreshAt(rig.url, token, changes);
const refreshAt = (url: string, token: string, changes = {}): Promise<Answer> =>
  post(`${url}/oauth/token`, {
    grant_type: 'refresh_token',
    client_id: 'demo-app',
    refresh_token: token,
    ...changes,
  });
const after = (ms: number): void => {
  rig.clock.aheadMs += ms;
  rig.world.idp.control.setClock(rig.clock.aheadMs / 1000);
};
const providerCalls = (): number => rig.world.idp.control.calls().token ?? 0;

describe('F34 refresh token grant', () => {
  test('an access token expires after its expires_in, and a refresh returns a valid one', async () => {
    const answer = await redeem(rig.url, await codeFor(rig.url, 'bob'));
    expect(Number(answer.body['expires_in'])).toBeLessThanOrEqual(900);
    const { access, refresh: token } = tokensOf(answer);
    after(interval);
    expect(await callApi(rig.url, access)).toBe(401);
    const refreshed = await refresh(token);
    expect(refreshed.body).toEqual({
      access_token: expect.stringMatching(/^[\w-]{86}$/),
      token_type: 'Bearer',
      expires_in: expect.any(Number),
      refresh_token: expect.stringMatching(/^[\w-]+$/),
      scope: 'offline_access',
    });
    expect(Number(refreshed.body['expires_in'])).toBeGreaterThan(880);
    expect(await callApi(rig.url, tokensOf(refreshed).access)).toBe(200);
    expect(await callApi(rig.url, access)).toBe(401);
  });

  test('an access token that was refreshed early stays valid until its own expires_in', async () => {
    const { access, refresh: token } = await logIn();
    after(interval * 0.6);
    const next = tokensOf(await refresh(token));
    for (const each of [access, next.access]) expect(await callApi(rig.url, each)).toBe(200);
    after(interval * 0.5);
    expect([await callApi(rig.url, access), await callApi(rig.url, next.access)]).toEqual([401, 200]);
  });

  test('a device receives a refresh token as well', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    await decideDevice(rig.url, userCode!, 'approve', { username: 'bob' });
    const { access, refresh: token } = tokensOf(await poll(rig.url, code!));
    after(interval);
    expect(await callApi(rig.url, access)).toBe(401);
    const refreshed = await refresh(token, { client_id: 'demo-tv' });
    expect(await callApi(rig.url, tokensOf(refreshed).access)).toBe(200);
  });

  test('F35 a user who was disabled at the provider is rejected within the revalidation interval', async () => {
    const { access, refresh: token } = await logIn();
    rig.world.idp.control.setUserEnabled('bob', false);
    after(interval);
    expect((await refresh(token)).body['error']).toBe('invalid_grant');
    rig.world.idp.control.setUserEnabled('bob', true);
    expect((await refresh(token)).body['error']).toBe('invalid_grant');
    expect(await callApi(rig.url, access)).toBe(401);
  });

  test('an outage of the provider logs nobody out', async () => {
    const { access, refresh: token } = await logIn();
    after(interval);
    rig.world.idp.control.setFault({ endpoint: 'token', kind: 'error', status: 503 });
    const answer = await refresh(token);
    expect(answer.status).toBe(200);
    expect(Number(answer.body['expires_in'])).toBeLessThanOrEqual(120);
    expect(await callApi(rig.url, access)).toBe(200);
    after(5 * 3_600_000);
    const late = await refresh(token);
    expect([late.status, late.body, late.headers.get('retry-after')]).toEqual([
      503,
      { error: 'temporarily_unavailable' },
      '5',
    ]);
    rig.world.idp.control.clearFaults();
    after(60_000);
    expect((await refresh(token)).status).toBe(200);
  });

  test('revoking a refresh token ends its session here and at the provider', async () => {
    const { access, refresh: token } = await logIn();
    expect((await post(`${rig.url}/oauth/revoke`, { client_id: 'demo-app', token })).status).toBe(200);
    expect(await callApi(rig.url, access)).toBe(401);
    expect((await refresh(token)).body['error']).toBe('invalid_grant');
    await until(() => rig.world.idp.control.calls().revocation === 1);
  });
});

describe('rotation with lost answers', () => {
  test('a refresh token whose successor was not used yet gets the same successor again', async () => {
    const { refresh: first } = await logIn();
    after(interval);
    const second = tokensOf(await refresh(first)).refresh;
    expect(second).not.toBe(first);
    expect(tokensOf(await refresh(first)).refresh).toBe(second);
    after(interval);
    expect((await refresh(second)).status).toBe(200);
    expect(providerCalls()).toBe(3);
  });

  test('a refresh token whose successor was used ends its session, and no other session (reuse detection)', async () => {
    const [stolen, other] = [await logIn(), await logIn()];
    let token = stolen.refresh;
    let access = '';
    let ofOther = other;
    for (let round = 0; round < 2; round++) {
      after(interval);
      ({ access, refresh: token } = tokensOf(await refresh(token)));
      ofOther = tokensOf(await refresh(ofOther.refresh));
    }
    expect(await callApi(rig.url, access)).toBe(200);
    expect((await refresh(stolen.refresh)).body['error']).toBe('invalid_grant');
    expect((await refresh(token)).body['error']).toBe('invalid_grant');
    expect(await callApi(rig.url, access)).toBe(401);
    expect(await callApi(rig.url, ofOther.access)).toBe(200);
  });

  test('within the grace period, a refresh token gets the same answer again although that answer was used; after that period it ends the session', async () => {
    const { refresh: first } = await logIn();
    after(interval);
    const second = tokensOf(await refresh(first));
    expect(await callApi(rig.url, second.access)).toBe(200);
    after(59_000);
    expect(tokensOf(await refresh(first))).toEqual(second);
    after(2_000);
    expect((await refresh(first)).body['error']).toBe('invalid_grant');
    expect((await refresh(second.refresh)).body['error']).toBe('invalid_grant');
    expect(await callApi(rig.url, second.access)).toBe(401);
  });

  test('while the answer to a refresh is unused, the old refresh token is accepted even after the grace period, and a week later gets a new successor', async () => {
    const { refresh: first } = await logIn();
    after(interval);
    const lost = tokensOf(await refresh(first));
    after(10 * 60_000 - 1_000);
    expect((await refresh(first)).status).toBe(200);
    after(7 * day);
    const next = tokensOf(await refresh(first));
    expect(next.refresh).not.toBe(lost.refresh);
    expect(await callApi(rig.url, next.access)).toBe(200);
  });

  test('repeating the answer to a refresh does not count as a use of the session', async () => {
    const own = await startRig({
      REVALIDATION_SECONDS: '900',
      TOKEN_IDLE_SECONDS: '1000',
      SESSION_CACHE_SECONDS: '0',
    });
    const ahead = (ms: number): void => {
      own.clock.aheadMs += ms;
      own.world.idp.control.setClock(own.clock.aheadMs / 1000);
    };
    try {
      const { refresh: first } = tokensOf(await redeem(own.url, await codeFor(own.url, 'bob')));
      ahead(interval);
      const { access } = tokensOf(await refreshAt(own.url, first));
      ahead(400_000);
      expect((await refreshAt(own.url, first)).status).toBe(200);
      ahead(601_000);
      expect(await callApi(own.url, access)).toBe(401);
      expect((await refreshAt(own.url, first)).body['error']).toBe('invalid_grant');
    } finally {
      await own.close();
    }
  });

  test('1,000 concurrent refreshes cause one call of the provider and one rotation, and all get an answer', async () => {
    const { refresh: token } = await logIn();
    rig.world.idp.control.resetCalls();
    after(interval);
    const answers: Answer[] = [];
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        for (let call = 0; call < 20; call++) answers.push(await refresh(token));
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1_000);
    expect(new Set(answers.map(({ body }) => body['refresh_token'])).size).toBe(1);
    expect(providerCalls()).toBe(1);
  }, 60_000);

  test.each([
    ['daily', 365, day],
    ['weekly', 52, 7 * day],
  ])(
    'a year of %s use with one lost answer in twenty logs nobody out',
    async (_, times, pause) => {
      const own = await startRig({
        REVALIDATION_SECONDS: '900',
        TOKEN_ABSOLUTE_SECONDS: String(366 * 86_400),
      });
      try {
        let { access, refresh: token } = tokensOf(await redeem(own.url, await codeFor(own.url, 'bob')));
        let random = 1;
        let lost = 0;
        for (let use = 0; use < times; use++) {
          own.clock.aheadMs += pause;
          own.world.idp.control.setClock(own.clock.aheadMs / 1000);
          random = (random * 48_271) % 2_147_483_647;
          const answer = await refreshAt(own.url, token);
          expect([use, answer.status]).toEqual([use, 200]);
          if (random % 20 === 0) {
            lost += 1;
            // Half of the lost answers are retried at once, the others at the next use of the app.
            if (random % 40 !== 0) continue;
            own.clock.aheadMs += 2_000;
            ({ access, refresh: token } = tokensOf(await refreshAt(own.url, token)));
          } else ({ access, refresh: token } = tokensOf(answer));
          expect([use, await callApi(own.url, access)]).toEqual([use, 200]);
        }
        expect(lost).toBeGreaterThan(0);
      } finally {
        await own.close();
      }
    },
    60_000,
  );
});

describe('hostile refresh tokens', () => {
  test.each([
    ['a truncated token', (text: string) => text.slice(0, -4)],
    ['an altered token', (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)],
    ['an access token', (_: string, access: string) => access],
    ['a token of 4 KB', () => 'A'.repeat(4_000)],
  ])('a refresh with %s gets invalid_grant, without a call of the provider', async (_, tamper) => {
    const { access, refresh: token } = await logIn();
    rig.world.idp.control.resetCalls();
    const { status, body } = await refresh(tamper(token, access));
    expect([status, body['error']]).toEqual([400, 'invalid_grant']);
    expect(providerCalls()).toBe(0);
  });

  test('answers invalid_grant to the refresh token of another client, and keeps the session', async () => {
    const { access, refresh: token } = await logIn();
    expect((await refresh(token, { client_id: 'demo-tv' })).body['error']).toBe('invalid_grant');
    expect(await callApi(rig.url, access)).toBe(200);
  });

  test('answers invalid_request when the refresh token is missing', async () => {
    const { status, body } = await refresh('', { refresh_token: undefined });
    expect([status, body['error']]).toEqual([400, 'invalid_request']);
  });
});

test('stored codes, devices and lost answers contain tokens only encrypted under a secret of the client', async () => {
  const code = await codeFor(rig.url, 'bob');
  const { user_code: userCode } = await beginDevice(rig.url);
  await decideDevice(rig.url, userCode!, 'approve', { username: 'bob' });
  const { refresh: token } = await logIn();
  after(interval);
  const next = tokensOf(await refresh(token)).refresh;
  const dump = redis
    .cli('--scan')
    .split('\n')
    .filter((key) => key.includes(':code:') || key.includes(':device:') || key.includes(':successor:'))
    .map((key) => redis.cli('get', key))
    .join('\n');
  expect(dump).toContain('sealed');
  for (const secret of [code, token, next]) expect(dump).not.toContain(secret);
});

test('an unmodified openid-client discovers the refresh grant and refreshes', async () => {
  const configuration = await client.discovery(new URL(rig.url), 'demo-app', undefined, client.None(), {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests],
  });
  expect(configuration.serverMetadata().grant_types_supported).toContain('refresh_token');
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    scope: 'openid',
  });
  const browser = createBrowser();
  const { leavesTo: provider } = await browser.open(url.href);
  const { leavesTo } = await browser.open(await signIn(provider!, browser, 'bob'));
  const tokens = await client.authorizationCodeGrant(configuration, new URL(leavesTo!), { pkceCodeVerifier });
  after(interval);
  const refreshed = await client.refreshTokenGrant(configuration, tokens.refresh_token!);
  expect(await callApi(rig.url, refreshed.access_token)).toBe(200);
});
