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

describe('F34 a session is confirmed at the provider', () => {
  test('the renewal token is a cookie for /auth alone, and nothing in it can be read', async () => {
    const other = createWebBrowser(rig.service.url);
    const cookies = setCookies(await other.login('bob'));
    expect(cookies).toContainEqual(
      expect.stringMatching(/^__Secure-bff-renewal=[\w-]+; Path=\/auth; HttpOnly; Secure; SameSite=Lax$/),
    );
    const [, payload = ''] = /^__Secure-bff-renewal=([\w-]+)/.exec(cookies.join('\n')) ?? [];
    expect(Buffer.from(payload, 'base64url').toString('latin1')).not.toContain('refresh');
  });

  test('an answer says so before the session is due, and the screen goes on meanwhile', async () => {
    expect((await screen()).headers['bff-session']).toBeUndefined();
    rig.clock.advance(0.95 * interval);
    const due = await screen();
    expect([due.status, due.headers['bff-session']]).toEqual([200, 'revalidate']);
    expect((await revalidate()).status).toBe(204);
    const confirmed = await screen();
    expect([confirmed.status, confirmed.headers['bff-session']]).toEqual([200, undefined]);
  });

  test('after its date nothing is shown until the provider has confirmed it', async () => {
    rig.clock.advance(interval);
    for (const path of [anyScreen, '/auth/session', '/auth/sessions']) {
      const answer = await browser.call('get', path);
      expect([answer.status, answer.headers['bff-session']]).toEqual([401, 'revalidate']);
    }
    expect((await revalidate()).status).toBe(204);
    expect((await screen()).status).toBe(200);
  });

  test('in the first half of its interval the provider is not called', async () => {
    for (let call = 0; call < 10; call++) expect((await revalidate()).status).toBe(204);
    expect(tokenCalls()).toBe(0);
  });

  test('without REVALIDATION_SECONDS there is nothing to confirm', async () => {
    const off = await startRig();
    const one = createWebBrowser(off.service.url);
    await one.login('bob');
    expect([...one.jar.keys()]).toEqual(['__Host-bff']);
    expect((await one.call('post', '/auth/revalidate')).status).toBe(204);
    await off.close();
  });
});

describe('F35 what ends a session', () => {
  test('a user who is disabled at the provider is out within the interval', async () => {
    rig.world.idp.control.setUserEnabled('bob', false);
    rig.clock.advance(interval);
    const ended = await revalidate();
    expect([ended.status, ended.body.type]).toEqual([401, '/problems/not-authenticated']);
    expect([...browser.jar.keys()]).toEqual([]);
    rig.world.idp.control.setUserEnabled('bob', true);
    expect((await screen()).status).toBe(401);
  });

  test('a session without its renewal token ends at its date', async () => {
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

describe('an answer that is lost does not lose the session', () => {
  test('the former token gives the same successor again, with a provider that revokes all on a second use', async () => {
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

  test('also when several answers were lost, one after the other', async () => {
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

  test('of a hundred requests at once, on two replicas, one calls the provider and all get the same', async () => {
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
    // What waits for a lost answer in Redis is opened by no key of ours alone.
    const keys = redis
      .cli('keys', '*')
      .split('\n')
      .filter((key) => key.includes(':successor:'));
    expect(keys).toHaveLength(1);
    await replica.service.stop();
    await two.close();
    await redis.close();
  });

  test('a token whose successor was used is not taken to the provider', async () => {
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

describe('a provider that does not answer logs nobody out', () => {
  test('sessions live on for the time of PROVIDER_OUTAGE_SECONDS, and the provider is spared', async () => {
    rig.clock.advance(interval);
    rig.world.idp.control.setFault({ endpoint: 'token', kind: 'error', status: 503 });
    for (let call = 0; call < 20; call++) expect((await revalidate()).status).toBe(204);
    expect((await screen()).status).toBe(200);
    expect(tokenCalls()).toBe(1);
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
    ['changed', (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)],
    ['empty', () => ''],
    ['8 KB', () => 'A'.repeat(8_000)],
  ])('%s: the session ends at its date, and the provider is not called', async (_, tamper) => {
    browser.jar.set('__Secure-bff-renewal', tamper(renewal()));
    expect((await revalidate()).status).toBe(204);
    rig.clock.advance(interval);
    expect((await revalidate()).status).toBe(401);
    expect(tokenCalls()).toBe(0);
  });

  test('of another session: not taken to the provider', async () => {
    const other = createWebBrowser(rig.service.url);
    await other.login('gina');
    rig.world.idp.control.resetCalls();
    browser.jar.set('__Secure-bff-renewal', other.jar.get('__Secure-bff-renewal')!);
    rig.clock.advance(interval);
    expect((await revalidate()).status).toBe(401);
    expect(tokenCalls()).toBe(0);
  });

  test('a foreign page cannot have a session confirmed', async () => {
    const answer = await browser.call('post', '/auth/revalidate', { 'Sec-Fetch-Site': 'cross-site' });
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/csrf']);
  });
});

describe('the typed client', () => {
  test('has a session confirmed and repeats the request, once for many requests', async () => {
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
