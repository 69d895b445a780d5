import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createWebClient } from '../../client/index.ts';
import { startWebBff } from '../../src/wiring.ts';
import { readConfig } from '../../src/config.ts';
import { freePort, startRedis, until } from '@bff/testbed';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser, setCookies, type WebBrowser } from '../web-browser.ts';

const minute = 60_000;
const interval = 15 * minute;
const settings = {
  REVALIDATION_SECONDS: '900',
  PROVIDER_OUTAGE_SECONDS: '3600',
  SESSION_IDLE_SECONDS: '43200',
};
let rig: Rig;
let browser: WebBrowser;

beforeAll(async () => {
  rig = await startRig(settings);
});
afterAll(() => rig.close());
beforeEach(async () => {
  rig.world.idp.control.clearFaults();
  rig.world.idp.control.setUserEnabled('bob', true);
  browser = createWebBrowser(rig.service.url);
  await browser.login('bob');
  rig.world.idp.control.resetCalls();
});

const screen = (): ReturnType<WebBrowser['call']> => browser.call('get', anyScreen);
const revalidate = (): ReturnType<WebBrowser['call']> => browser.call('post', '/auth/revalidate');
const renewal = (): string => browser.jar.get('__Secure-bff-renewal') ?? '';
const tokenCalls = (): number => rig.world.idp.control.calls().token ?? 0;

describe('F34 revalidation of a session at the provider', () => {
  test('the renewal token is an encrypted cookie with the path /auth', async () => {
    const other = createWebBrowser(rig.service.url);
    const cookies = setCookies(await other.login('bob'));
    expect(cookies).toContainEqual(
      expect.stringMatching(/^__Secure-bff-renewal=[\w-]+; Path=\/auth; HttpOnly; Secure; SameSite=Lax$/),
    );
    const [, payload = ''] = /^__Secure-bff-renewal=([\w-]+)/.exec(cookies.join('\n')) ?? [];
    expect(Buffer.from(payload, 'base64url').toString('latin1')).not.toContain('refresh');
  });

  test('an answer announces the revalidation before it is due, and screens are served in the meantime', async () => {
    expect((await screen()).headers['bff-session']).toBeUndefined();
    rig.clock.advance(0.95 * interval);
    const due = await screen();
    expect([due.status, due.headers['bff-session']]).toEqual([200, 'revalidate']);
    expect((await revalidate()).status).toBe(204);
    const confirmed = await screen();
    expect([confirmed.status, confirmed.headers['bff-session']]).toEqual([200, undefined]);
  });

  test('a session whose revalidation is due gets 401 until the provider has confirmed it', async () => {
    rig.clock.advance(interval);
    for (const path of [anyScreen, '/auth/session', '/auth/sessions']) {
      const answer = await browser.call('get', path);
      expect([answer.status, answer.headers['bff-session']]).toEqual([401, 'revalidate']);
    }
    expect((await revalidate()).status).toBe(204);
    expect((await screen()).status).toBe(200);
  });

  test('a revalidation in the first half of the interval does not call the provider', async () => {
    for (let call = 0; call < 10; call++) expect((await revalidate()).status).toBe(204);
    expect(tokenCalls()).toBe(0);
  });

  test('sessions are not revalidated without REVALIDATION_SECONDS', async () => {
    const off = await startRig();
    const one = createWebBrowser(off.service.url);
    await one.login('bob');
    expect([...one.jar.keys()]).toEqual(['__Host-bff']);
    expect((await one.call('post', '/auth/revalidate')).status).toBe(204);
    await off.close();
  });
});

describe('F35 end of a session by revalidation', () => {
  test('a user who was disabled at the provider is rejected within the revalidation interval', async () => {
    rig.world.idp.control.setUserEnabled('bob', false);
    rig.clock.advance(interval);
    const ended = await revalidate();
    expect([ended.status, ended.body.type]).toEqual([401, '/problems/not-authenticated']);
    expect([...browser.jar.keys()]).toEqual([]);
    rig.world.idp.control.setUserEnabled('bob', true);
    expect((await screen()).status).toBe(401);
  });

  test('a session without its renewal token ends when its revalidation is due', async () => {
    browser.jar.delete('__Secure-bff-renewal');
    expect((await revalidate()).status).toBe(204);
    rig.clock.advance(interval);
    expect((await revalidate()).status).toBe(401);
  });

  test('a logout revokes the refresh token at the provider', async () => {
    expect((await browser.call('post', '/auth/logout')).status).toBe(200);
    expect(browser.jar.has('__Secure-bff-renewal')).toBe(false);
    await until(() => rig.world.idp.control.calls().revocation === 1);
  });
});

describe('a lost answer does not end the session', () => {
  test('a renewal token whose successor was not used yet gets the same successor again, although the provider revokes all tokens on reuse', async () => {
    const first = renewal();
    rig.clock.advance(interval);
    await revalidate();
    const successor = renewal();
    expect(successor).not.toBe(first);
    browser.jar.set('__Secure-bff-renewal', first);
    expect((await revalidate()).status).toBe(204);
    expect(renewal()).toBe(successor);
    expect(tokenCalls()).toBe(1);
  });

  test('several consecutive lost answers to a revalidation do not end the session', async () => {
    const first = renewal();
    for (let lost = 0; lost < 3; lost++) {
      rig.clock.advance(interval);
      browser.jar.set('__Secure-bff-renewal', first);
      expect((await revalidate()).status).toBe(204);
    }
    rig.clock.advance(interval);
    expect((await revalidate()).status).toBe(204);
    expect((await screen()).status).toBe(200);
    expect(tokenCalls()).toBe(4);
  });

  test('a hundred concurrent revalidations of a session at two replicas cause one call of the provider and get the same answer', async () => {
    const redis = await startRedis();
    const two = await startRig({ ...settings, REDIS_URL: redis.url });
    const replica = await startWebBff(readConfig({ ...two.env, PORT: String(await freePort()) }), two.clock);
    const first = createWebBrowser(two.service.url);
    const second = createWebBrowser(replica.service.url);
    await first.login('bob');
    const { control } = two.world.idp;
    control.resetCalls();
    two.clock.advance(interval);
    const { cookie } = first;
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 ? second : first).call('post', '/auth/revalidate', { Cookie: cookie }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    expect(new Set(answers.map((answer) => setCookies(answer)[0])).size).toBe(1);
    expect(control.calls().token).toBe(1);
    // The lost answer in Redis cannot be decrypted with our keys alone.
    const keys = redis
      .cli('keys', '*')
      .split('\n')
      .filter((key) => key.includes(':successor:'));
    expect(keys).toHaveLength(1);
    await replica.service.stop();
    await two.close();
    await redis.close();
  });

  test('a renewal token whose successor was used ends the session and is not sent to the provider', async () => {
    const first = renewal();
    for (let round = 0; round < 2; round++) {
      rig.clock.advance(interval);
      await revalidate();
    }
    rig.clock.advance(interval);
    browser.jar.set('__Secure-bff-renewal', first);
    expect((await revalidate()).status).toBe(401);
    expect(tokenCalls()).toBe(2);
  });
});

describe('an outage of the provider logs nobody out', () => {
  test('during an outage of the provider, sessions stay valid for PROVIDER_OUTAGE_SECONDS, and the provider is called at most once a second', async () => {
    rig.clock.advance(interval);
    rig.world.idp.control.setFault({ endpoint: 'token', kind: 'error', status: 503 });
    const begun = performance.now();
    for (let call = 0; call < 20; call++) expect((await revalidate()).status).toBe(204);
    expect((await screen()).status).toBe(200);
    // The first pause between two calls is one second; 20 requests may take longer on a busy machine.
    expect(tokenCalls()).toBeLessThanOrEqual(1 + (performance.now() - begun) / 1_000);
    rig.clock.advance(30 * minute);
    expect((await screen()).status).toBe(401);
    expect((await revalidate()).status).toBe(204);
    expect((await screen()).status).toBe(200);
    rig.clock.advance(35 * minute);
    const late = await revalidate();
    expect([late.status, late.headers['retry-after']]).toEqual([503, '5']);
    rig.world.idp.control.clearFaults();
    rig.clock.advance(minute);
    expect((await revalidate()).status).toBe(204);
    expect((await screen()).status).toBe(200);
  });
});

describe('hostile renewal tokens', () => {
  test.each([
    ['truncated', (text: string) => text.slice(0, -5)],
    ['altered', (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)],
    ['empty', () => ''],
    ['8 KB long', () => 'A'.repeat(8_000)],
  ])(
    'a session whose renewal token is %s ends when its revalidation is due, without a call of the provider',
    async (_, tamper) => {
      browser.jar.set('__Secure-bff-renewal', tamper(renewal()));
      expect((await revalidate()).status).toBe(204);
      rig.clock.advance(interval);
      expect((await revalidate()).status).toBe(401);
      expect(tokenCalls()).toBe(0);
    },
  );

  test('the renewal token of another session is not sent to the provider', async () => {
    const other = createWebBrowser(rig.service.url);
    await other.login('gina');
    rig.world.idp.control.resetCalls();
    browser.jar.set('__Secure-bff-renewal', other.jar.get('__Secure-bff-renewal')!);
    rig.clock.advance(interval);
    expect((await revalidate()).status).toBe(401);
    expect(tokenCalls()).toBe(0);
  });

  test('a page of another origin cannot revalidate a session', async () => {
    const answer = await browser.call('post', '/auth/revalidate', { 'Sec-Fetch-Site': 'cross-site' });
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/csrf']);
  });
});

describe('the typed client', () => {
  test('the typed client revalidates a session once for several concurrent requests, and then repeats the requests', async () => {
    rig.clock.advance(interval);
    const client = createWebClient({
      baseUrl: rig.service.url,
      async fetch(request) {
        const headers = new Headers(request.headers);
        headers.set('Cookie', browser.cookie);
        return fetch(new Request(request, { headers }));
      },
    });
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.GET('/auth/session')));
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 200, 200, 200]);
    expect(tokenCalls()).toBe(1);
  });
});
