import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { logoutThroughForm } from '@bff/dev-idp';
import { startRedis, until } from '@bff/testbed';
import { anyScreen, anyService } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser, setCookies, type WebBrowser } from '../web-browser.ts';

let rig: Rig;
let browser: WebBrowser;
beforeAll(async () => {
  rig = await startRig();
});
beforeEach(async () => {
  browser = createWebBrowser(rig.service.url);
  await browser.login();
});
afterEach(() => {
  rig.world.idp.control.clearFaults();
  rig.world.services.services[anyService.client].faults.clear();
});
afterAll(() => rig.close());

const status = async (cookie: string, path = anyScreen) =>
  (await createWebBrowser(rig.service.url).call('get', path, { Cookie: cookie })).status;

describe('W9 logout', () => {
  test('a logout ends the session, removes the cookie, and returns the logout URL of the provider', async () => {
    const { cookie } = browser;
    expect(await status(cookie)).toBe(200);
    const answer = await browser.call('post', '/auth/logout');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect([...browser.jar]).toEqual([]);
    for (const path of [anyScreen, '/auth/session', '/auth/sessions'])
      expect(await status(cookie, path)).toBe(401);

    const url = new URL(answer.body.end_session_url);
    expect(url.origin).toBe(rig.world.idp.issuer);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'web-bff',
      post_logout_redirect_uri: `${rig.service.url}/`,
    });
    const back = await logoutThroughForm({ endSessionUrl: url.href, browser: browser.atProvider });
    expect(back).toBe(`${rig.service.url}/`);
    const page = await browser.atProvider.open(await browser.begin('prompt=none'));
    expect(page.leavesTo).toContain('error=login_required');
  });

  test('a logout succeeds when it is repeated, without a session, and with an invalid cookie', async () => {
    const { cookie } = browser;
    await browser.call('post', '/auth/logout');
    for (const headers of [
      { Cookie: cookie },
      {},
      { Cookie: '__Host-bff=x' },
      { Cookie: '__Host-bff=%; __Host-bff=' },
    ]) {
      const answer = await createWebBrowser(rig.service.url).call(
        'post',
        '/auth/logout',
        headers as Record<string, string>,
      );
      expect([answer.status, setCookies(answer).length]).toEqual([200, 1]);
    }
  });

  test('a logout with two session cookies ends both sessions', async () => {
    const other = createWebBrowser(rig.service.url);
    await other.login('bob');
    const answer = await browser.call('post', '/auth/logout', {
      Cookie: `${browser.cookie}; ${other.cookie}`,
    });
    expect(answer.status).toBe(200);
    expect((await other.call('get', '/auth/session')).status).toBe(401);
  });

  test('a logout does not end the other sessions of the user', async () => {
    const other = createWebBrowser(rig.service.url);
    await other.login();
    await browser.call('post', '/auth/logout');
    expect(await status(other.cookie)).toBe(200);
  });

  test('a slow request during the logout gets its answer, and the session stays ended', async () => {
    const service = rig.world.services.services[anyService.client];
    const { cookie } = browser;
    rig.clock.advance(61_000);
    const before = Object.values(service.calls()).reduce((a, b) => a + b, 0);
    service.faults.set({ route: '*', kind: 'latency', ms: 300 });
    const slow = browser.call('get', anyScreen);
    await until(() => Object.values(service.calls()).reduce((a, b) => a + b, 0) > before);
    expect((await browser.call('post', '/auth/logout')).status).toBe(200);
    expect((await slow).status).toBe(200);
    expect(setCookies(await slow)).toEqual([]);
    expect(await status(cookie)).toBe(401);
  });

  test.each([
    ['errors', { endpoint: '*', kind: 'error' }],
    ['hangs', { endpoint: '*', kind: 'hang' }],
  ] as const)('a logout succeeds without waiting for a provider that %s', async (_, fault) => {
    rig.world.idp.control.setFault(fault);
    const answer = await browser.call('post', '/auth/logout');
    expect(answer.status).toBe(200);
    expect(await status(browser.cookie)).toBe(401);
  });

  test('a logout returns no logout URL when the provider was never reached and hangs', async () => {
    const own = await startRig({ ISSUER: rig.world.idp.issuer });
    rig.world.idp.control.setFault({ endpoint: 'discovery', kind: 'hang' });
    const answer = await createWebBrowser(own.service.url).call('post', '/auth/logout');
    expect([answer.status, answer.body]).toEqual([200, { end_session_url: null }]);
    await own.close();
  });
});

test('W9 recording the use of a session does not undo a logout that happened after the session was read', async () => {
  const redis = await startRedis();
  const own = await startRig({ REDIS_URL: redis.url, SESSION_CACHE_SECONDS: '0' });
  const { url } = own.service;
  const one = createWebBrowser(url);
  await one.login('bob');
  const session = { Cookie: one.cookie };
  const use = async () => (await createWebBrowser(url).call('get', '/api/nothing', session)).status;
  expect(await use()).toBe(404);

  own.clock.advance(61_000);
  // A frozen Redis keeps commands in order: it will answer the read, process the logout, and then receive the
  // record of use.
  redis.pause();
  const uses = [use(), use(), use()];
  await new Promise((resolve) => setTimeout(resolve, 100));
  const logout = one.call('post', '/auth/logout');
  await new Promise((resolve) => setTimeout(resolve, 100));
  redis.resume();

  expect((await logout).status).toBe(200);
  expect(await Promise.all(uses)).toEqual([401, 401, 401]);
  expect(await use()).toBe(401);
  await own.close();
  await redis.close();
});
