import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  beginLogin,
  fetchInPage,
  finishLogin,
  launchBrowser,
  startWebWorld,
  type PageRequest,
  type Seen,
  type WebWorld,
} from '../src/index.ts';
import { startForeignSite, type ForeignSite } from './foreign-site.ts';
import { onTheWire } from './on-the-wire.ts';

const ours = { 'X-CSRF': '1' };

jest.setTimeout(30_000);

let world: WebWorld;
let browser: Browser;
let foreign: ForeignSite;
let context: BrowserContext;
let page: Page;
/** Where a login ends: a page of web-bff that shows the user. */
let home: { readonly origin: string; readonly returnTo: string };

beforeAll(async () => {
  [world, browser, foreign] = await Promise.all([startWebWorld(), launchBrowser(), startForeignSite()]);
  home = { origin: world.origin, returnTo: '/auth/session' };
});
afterAll(async () => {
  foreign?.close();
  await Promise.all([browser?.close(), world?.stop()]);
});
beforeEach(async () => void ({ context, page } = await newDevice()));
afterEach(() => Promise.all(browser.contexts().map((each) => each.close())));

async function newDevice(): Promise<{ context: BrowserContext; page: Page }> {
  // bypassCSP: web-bff has no page of its own, and the policy of its JSON answers forbids every fetch; the
  // checks of these tests are independent of that policy.
  const context = await browser.newContext({ bypassCSP: true });
  context.setDefaultTimeout(10_000);
  return { context, page: await context.newPage() };
}

async function logIn(at: Page = page): Promise<void> {
  await beginLogin(at, home);
  await finishLogin(at, home, { username: 'alice' });
}

const call = (path: string, init: PageRequest = {}, at: Page = page): Promise<Seen | 'blocked'> =>
  fetchInPage(at, `${world.origin}${path}`, { headers: ours, ...init });

/**
 * Returns the cookies of web-bff only: browsers send cookies to all ports of a host, so those of the provider
 * are included.
 */
const ourCookies = async () =>
  (await context.cookies(world.origin)).filter(({ name }) => name.startsWith('__Host-bff'));

describe('the login in a browser', () => {
  test('W7 the browser stores the session cookie with all its flags on http://localhost, invisible to scripts', async () => {
    await logIn();
    const flags = {
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
      domain: 'localhost',
      expires: -1,
    };
    expect(await ourCookies()).toEqual([expect.objectContaining({ name: '__Host-bff', ...flags })]);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await call('/auth/session')).toMatchObject({
      status: 200,
      body: { sub: 'alice', tenant: 'acme' },
    });
    expect(await call('/api/profile')).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'private, no-cache' },
      body: { email: expect.stringContaining('@'), _meta: { complete: true, degraded: [] } },
    });
  });

  test.each([
    ['in the order in which they started', [0, 1]],
    ['in the reverse order', [1, 0]],
  ])('W3 two tabs whose logins finish %s are both logged in', async (_order, order) => {
    const tabs = [page, await context.newPage()];
    for (const tab of tabs) await beginLogin(tab, home);
    expect((await ourCookies()).map(({ name }) => name)).toEqual([
      expect.stringMatching(/^__Host-bff-login-/),
      expect.stringMatching(/^__Host-bff-login-/),
    ]);
    for (const i of order) await finishLogin(tabs[i] as Page, home, { username: 'alice' });
    for (const tab of tabs) {
      expect(await call('/auth/session', {}, tab)).toMatchObject({ status: 200, body: { sub: 'alice' } });
      expect(await call('/api/profile', {}, tab)).toMatchObject({ status: 200 });
    }
    expect((await ourCookies()).map(({ name }) => name)).toEqual(['__Host-bff']);
  });
});

describe('the end of a session in a browser', () => {
  test('W9 after the logout, "back" in the browser shows no user data', async () => {
    // Chromium does not use the back/forward cache for the first page of a fresh browser, so the test logs in
    // twice.
    await logIn();
    ({ context, page } = await newDevice());
    await logIn();
    expect(await page.content()).toContain('alice');
    await page.goto(`${world.origin}/`);
    expect(await call('/auth/logout', { method: 'POST' })).toMatchObject({ status: 200 });
    // A page restored from the back/forward cache commits, but does not load.
    await page.goBack({ waitUntil: 'commit' });
    expect(page.url()).toBe(`${world.origin}${home.returnTo}`);
    expect(await page.evaluate('document.body.innerText')).not.toContain('alice');
  });

  test('W9 the logout removes the session cookie, and later calls get 401 rather than a cached answer', async () => {
    await logIn();
    expect(await call('/api/profile')).toMatchObject({ status: 200 });
    expect(await call('/auth/logout', { method: 'POST' })).toMatchObject({ status: 200 });
    expect(await ourCookies()).toEqual([]);
    const answer = { status: 401, headers: { 'cache-control': 'no-store' } };
    expect(await call('/auth/session')).toMatchObject(answer);
    expect(await call('/api/profile')).toMatchObject(answer);
  });

  test('W12 ending a session from another device logs out the first device, but not the other one', async () => {
    await logIn();
    const other = await newDevice();
    await logIn(other.page);
    const list = (await call('/auth/sessions', {}, other.page)) as Seen;
    const sessions = list.body as { readonly id: string; readonly current: boolean }[];
    const mine = sessions.filter(({ current }) => !current);
    expect(mine).not.toHaveLength(0);
    expect(await call('/api/profile')).toMatchObject({ status: 200 });

    // Earlier tests left sessions of the same user: removes all but that of the other device.
    for (const { id } of mine)
      expect(await call(`/auth/sessions/${id}`, { method: 'DELETE' }, other.page)).toMatchObject({
        status: 204,
      });
    expect(await call('/api/profile')).toMatchObject({ status: 401 });
    expect(await call('/auth/session')).toMatchObject({ status: 401 });
    expect(await call('/api/profile', {}, other.page)).toMatchObject({ status: 200 });
  });
});

describe('a page of a foreign origin in the same browser', () => {
  async function answerTo(path: string, attack: () => Promise<unknown>) {
    const { status, cookie } = await onTheWire(page, `${world.origin}${path}`, attack);
    return { status, withSession: cookie.includes('__Host-bff=') };
  }
  const submit = (path: string) =>
    page.evaluate(`{
      const form = Object.assign(document.createElement('form'), { method: 'post', action: '${world.origin}${path}' });
      document.body.append(form);
      form.submit();
    }`);
  const embed = (tag: string, path: string) =>
    page.evaluate(`new Promise((done) => {
      const element = Object.assign(document.createElement('${tag}'), { src: '${world.origin}${path}' });
      element.onload = () => done('loaded');
      element.onerror = () => done('refused');
      document.body.replaceChildren(element);
    })`);
  const foreignCall = (path: string, init: PageRequest) =>
    fetchInPage(page, `${world.origin}${path}`, { credentials: 'include', ...init });

  // Another port is the same site: SameSite lets the cookie through, so that only the header and the Origin
  // check protect.
  describe.each([
    { kind: 'sameSite', withSession: true },
    { kind: 'crossSite', withSession: false },
  ] as const)('as a $kind page', ({ kind, withSession }) => {
    let ourPage: Page;
    beforeEach(async () => {
      await logIn();
      ourPage = page;
      page = await context.newPage();
      await page.goto(foreign[kind]);
    });
    afterEach(async () => {
      expect(await call('/auth/session', {}, ourPage)).toMatchObject({ status: 200, body: { sub: 'alice' } });
      expect(await call('/api/profile', {}, ourPage)).toMatchObject({ status: 200 });
    });

    test('W8 a page of a foreign origin gets 403 when it submits a form to the logout', async () => {
      expect(await answerTo('/auth/logout', () => submit('/auth/logout'))).toEqual({
        status: 403,
        withSession,
      });
    });

    test('W8 a page of a foreign origin gets 403 and no readable answer for a fetch without preflight', async () => {
      const seen: (Seen | 'blocked')[] = [];
      for (const path of ['/auth/logout', '/api/notifications/1/read', '/api/preferences']) {
        const post = async () =>
          seen.push(await foreignCall(path, { method: 'POST', mode: 'no-cors', body: 'a=b' }));
        expect({ path, ...(await answerTo(path, post)) }).toEqual({ path, status: 403, withSession });
      }
      // `Cross-Origin-Resource-Policy: same-origin`: the page does not even get an opaque answer.
      expect(seen).toEqual(['blocked', 'blocked', 'blocked']);
    });

    test('W8 a fetch of a foreign origin with X-CSRF or another method fails at the preflight', async () => {
      expect(await foreignCall('/auth/logout', { method: 'POST', headers: ours })).toBe('blocked');
      expect(await foreignCall('/api/profile', { headers: ours })).toBe('blocked');
      expect(await foreignCall('/auth/sessions', { method: 'DELETE' })).toBe('blocked');
    });

    test('W8 a page of a foreign origin cannot read any answer, with or without the session', async () => {
      for (const path of ['/api/profile', '/auth/session', '/auth/sessions']) {
        expect(await foreignCall(path, {})).toBe('blocked');
        expect(await foreignCall(path, { mode: 'no-cors' })).toBe('blocked');
      }
    });

    test('W8 a page of a foreign origin gets 403 when it embeds an API address as an image or script, and cannot log out by GET', async () => {
      for (const tag of ['img', 'script'])
        expect({ tag, ...(await answerTo('/api/profile', () => embed(tag, '/api/profile'))) }).toEqual({
          tag,
          status: 403,
          withSession,
        });
      expect(await embed('img', '/auth/logout')).toBe('refused');
    });

    test('W8 a page of a foreign origin gets an empty frame when it embeds the page or an answer of web-bff', async () => {
      for (const path of ['/', '/auth/session', '/auth/sessions']) {
        await embed('iframe', path);
        const [, frame] = page.frames();
        await frame?.waitForURL('chrome-error://chromewebdata/');
        expect(frame?.url()).toBe('chrome-error://chromewebdata/');
      }
    });
  });
});
