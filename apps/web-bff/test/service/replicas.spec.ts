import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { logoutThroughForm } from '@bff/dev-idp';
import { startProcess, startWorld, type RunningProcess, type World } from '@bff/demo-world';
import { freePort, startRedis, until, type TestRedis } from '@bff/testbed';
import { anyScreen, anyService } from '../any-screen.ts';
import { addressAt } from '../rig.ts';
import { createWebBrowser, type WebBrowser } from '../web-browser.ts';

/** Two processes of web-bff behind one origin, with one Redis. The browser reaches the first one. */
let world: World;
let redis: TestRedis;
const replicas: RunningProcess[] = [];
const urls: string[] = [];
const log: string[] = [];

beforeAll(async () => {
  [world, redis] = await Promise.all([startWorld(), startRedis()]);
  const address = await addressAt(world);
  for (const port of [address.PORT, String(await freePort())]) {
    urls.push(`http://127.0.0.1:${port}`);
    const env = {
      ...world.env,
      ...address,
      PORT: port,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'debug',
      NODE_OPTIONS: '',
    };
    const command = [resolve(import.meta.dirname, '../../src/main.ts')] as const;
    const plan = { name: 'web-bff', command, env, readyUrl: `${urls.at(-1)}/auth/session` };
    replicas.push(startProcess(plan, (line) => log.push(line)));
  }
  await Promise.all(replicas.map(({ ready }) => ready));
  // Each process needs two seconds of CPU time to start, which takes longer on a busy machine.
}, 120_000);
afterAll(async () => {
  await Promise.all(replicas.map((each) => each.stop()));
  await Promise.all([redis.close(), world.close()]);
});

const browserAt = (url = urls[0]!) => createWebBrowser(url);
/** Returns the same browser, whose next request is balanced to the other replica. */
const elsewhere = (browser: WebBrowser): WebBrowser => {
  const other = browserAt(urls[1]);
  for (const [name, value] of browser.jar) other.jar.set(name, value);
  return other;
};
const serviceOf = () => world.services.services[anyService.client];
const calls = () => Object.values(serviceOf().calls()).reduce((a, b) => a + b, 0);
const statusOf = async (browser: WebBrowser, path = anyScreen) => (await browser.call('get', path)).status;

describe('two replicas', () => {
  test('a login that started at one replica is finished at the other, and its session is valid at both', async () => {
    const browser = browserAt();
    const callback = await browser.signIn(await browser.begin());
    const other = elsewhere(browser);
    expect((await other.navigate(callback)).status).toBe(302);
    expect(await statusOf(other)).toBe(200);
    expect(await statusOf(elsewhere(other), '/auth/session')).toBe(200);
    browser.jar.clear();
    browser.jar.set('__Host-bff', other.handle!);
    expect(await statusOf(browser)).toBe(200);
  });

  test('W9 a slow request at one replica is answered although the user logs out at the other, and the session has then ended at both', async () => {
    const browser = browserAt();
    await browser.login('acme-user-020');
    const other = elsewhere(browser);
    const before = calls();
    serviceOf().faults.set({ route: '*', kind: 'latency', ms: 300 });
    const slow = other.call('get', anyScreen);
    await until(() => calls() > before);
    const copy = elsewhere(browser);
    expect((await browser.call('post', '/auth/logout')).status).toBe(200);
    expect((await slow).status).toBe(200);
    serviceOf().faults.clear();
    expect(await statusOf(copy)).toBe(401);
    browser.jar.set('__Host-bff', copy.handle!);
    expect(await statusOf(browser)).toBe(401);
  });

  test('W11 a back-channel logout is effective at both replicas', async () => {
    const [browser, unaffected] = [browserAt(), browserAt()];
    await browser.login('acme-user-021');
    await unaffected.login('acme-user-021');
    const other = elsewhere(browser);
    expect(await statusOf(other)).toBe(200);
    const { end_session_url } = (await browserAt().call('post', '/auth/logout')).body;
    await logoutThroughForm({ endSessionUrl: end_session_url, browser: browser.atProvider });
    await until(async () => (await statusOf(browser)) === 401 && (await statusOf(other)) === 401);
    expect(await statusOf(elsewhere(unaffected))).toBe(200);
  });

  test('W12 a session that is ended at one replica is rejected at the other', async () => {
    const [browser, lost] = [browserAt(), browserAt()];
    await browser.login('acme-user-022');
    await lost.login('acme-user-022');
    expect((await elsewhere(browser).call('delete', '/auth/sessions')).status).toBe(204);
    expect([await statusOf(lost), await statusOf(browser)]).toEqual([401, 200]);
  });
});

describe('W10 outage of the store', () => {
  let loaded: boolean;
  // Stops the load even if the test fails: it would keep Jest running.
  afterEach(() => void (loaded = false));

  test.each([
    ['frozen', async () => redis.pause(), async () => redis.resume()],
    ['killed', () => (redis.cli('SAVE'), redis.kill()), () => redis.start()],
  ])(
    'while the store is %s under load, requests get 503 and Retry-After, cookies stay, and nobody is logged out',
    async (_, stop, start) => {
      const browsers = [browserAt(), browserAt(), browserAt(urls[1]), browserAt(urls[1])];
      for (const [index, browser] of browsers.entries()) {
        if (index < 2) await browser.login('acme-user-023');
        else browser.jar.set('__Host-bff', browsers[index - 2]!.handle!);
      }
      // The logout below has a session of its own: a frozen Redis processes it when it resumes, and ends that
      // session.
      const leaving = browserAt();
      await leaving.login('acme-user-025');
      const seen = new Map<number, number>();
      const served = browsers.map(() => 0);
      loaded = true;
      const load = browsers.map(async (browser, index) => {
        while (loaded) {
          const { status, headers } = await browser.call('get', anyScreen);
          seen.set(status, (seen.get(status) ?? 0) + 1);
          if (status === 200) served[index]! += 1;
          if (status === 503) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
          expect(headers['set-cookie']).toBeUndefined();
        }
      });
      await until(() => (seen.get(200) ?? 0) > 20);
      await stop();
      await until(() => (seen.get(503) ?? 0) > 8);
      // Each replica caches a session for some seconds after it was last read.
      await until(async () => (await statusOf(leaving, '/auth/session')) === 503);

      for (const [method, path] of [
        ['get', '/auth/session'],
        ['get', '/auth/sessions'],
        ['delete', '/auth/sessions'],
        ['post', '/auth/logout'],
      ] as const) {
        const answer = await leaving.call(method, path);
        expect([path, answer.status, answer.headers['set-cookie']]).toEqual([path, 503, undefined]);
        expect(answer.body.type).toBe('/problems/unavailable');
      }

      await start();
      const before = [...served];
      // Waits for each replica, because one may detect the recovery later than the other.
      await until(() => served.every((count, index) => count > before[index]! + 5));
      loaded = false;
      await Promise.all(load);
      expect([...seen.keys()].sort()).toEqual([200, 503]);
      for (const browser of browsers) expect(await statusOf(browser)).toBe(200);
    },
    30_000,
  );

  test('a login during an outage of the store gets 503, and the previous session of the browser stays valid', async () => {
    const browser = browserAt();
    await browser.login('acme-user-024');
    const before = browser.cookie;
    const callback = await browser.signIn(await browser.begin(), 'acme-user-024');
    redis.pause();
    const answer = await browser.navigate(callback);
    // Calls the replica that has not cached this session.
    const begin = await browserAt(urls[1]).navigate('/auth/login', { Cookie: before });
    redis.resume();
    expect([answer.status, answer.headers['set-cookie']]).toEqual([503, undefined]);
    expect(begin.status).toBe(503);
    // The list is never served from the cache.
    for (const url of urls)
      await until(
        async () => (await browserAt(url).call('get', '/auth/sessions', { Cookie: before })).status === 200,
      );
  });
});

/** Returns every key with its value. */
const everything = `
  local all = {}
  for _, key in ipairs(redis.call('KEYS', '*')) do
    local set = redis.call('TYPE', key).ok == 'set'
    all[#all + 1] = { key, redis.call(set and 'SMEMBERS' or 'GET', key) }
  end
  return all`;

test('after 100 logins and calls, neither Redis nor the debug log contains a token, a handle or a password', async () => {
  const handles: string[] = [];
  const logins = Array.from({ length: 4 }, async (_, lane) => {
    for (let turn = 0; turn < 25; turn += 1) {
      const browser = browserAt();
      await browser.login(`acme-user-${String(30 + lane * 20 + (turn % 20)).padStart(3, '0')}`);
      handles.push(browser.handle!);
      if (turn % 5 === 0) expect(await statusOf(elsewhere(browser))).toBe(200);
      if (turn % 5 === 1) await browser.call('get', anyScreen, { Cookie: `${browser.cookie}x` });
      if (turn % 5 === 2) await browser.navigate(`/auth/callback?code=secret-code&state=${'s'.repeat(43)}`);
      if (turn % 5 === 3) await browser.call('post', '/auth/logout');
    }
  });
  await Promise.all(logins);

  const told = { redis: redis.cli('EVAL', everything, '0'), log: log.join('\n') };
  const sessions = redis.cli('--scan', '--pattern', '{acme}:session:*').trim().split('\n');

  expect(new Set(handles).size).toBe(100);
  expect(sessions.length).toBeGreaterThan(70);
  expect(told.redis).toContain(sessions[0]);
  expect(told.log.match(/"logged in"/g)!.length).toBeGreaterThanOrEqual(100);
  for (const [where, text] of Object.entries(told)) {
    expect({ where, handles: handles.filter((handle) => text.includes(handle)) }).toEqual({
      where,
      handles: [],
    });
    const secrets = [
      /eyJ[\w-]+\./,
      /\bdemo\b(?!-)/,
      /web-bff-dev-secret/,
      /secret-code/,
      /(access|id)_token/,
      /@acme/,
    ];
    expect({ where, found: secrets.filter((secret) => secret.test(text)) }).toEqual({ where, found: [] });
  }
}, 60_000);
