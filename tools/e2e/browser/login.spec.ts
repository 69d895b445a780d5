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
/** Where a login ends: a page of web-bff that shows who is logged in. */
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
  // web-bff has no page of its own, and its JSON forbids itself every fetch: what it guards is not guarded by that.
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

/** Of web-bff alone: a browser sends the cookies of one port to all, so that those of the provider are among them. */
const ourCookies = async () =>
  (await context.cookies(world.origin)).filter(({ name }) => name.startsWith('__Host-bff'));

describe('login', () => {
  test('W7 the browser keeps the cookie under all its flags on plain http of localhost, and no script sees it', async () => {
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
    ['in the order in which they began', [0, 1]],
    ['in the other order', [1, 0]],
  ])('W3 two tabs begin a login and finish %s: both are logged in', async (_order, order) => {
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

describe('the end of a session', () => {
  test('W9 after the logout the back button shows nothing of the user', async () => {
    // Of a browser that has just started Chromium keeps no page: the second login is the one that tells.
    await logIn();
    ({ context, page } = await newDevice());
    await logIn();
    expect(await page.content()).toContain('alice');
    await page.goto(`${world.origin}/`);
    expect(await call('/auth/logout', { method: 'POST' })).toMatchObject({ status: 200 });
    // A page that comes out of the back/forward cache commits, yet never loads.
    await page.goBack({ waitUntil: 'commit' });
    expect(page.url()).toBe(`${world.origin}${home.returnTo}`);
    expect(await page.evaluate('document.body.innerText')).not.toContain('alice');
  });

  test('W9 after the logout the session cookie is gone, and no call is answered from a cache', async () => {
    await logIn();
    expect(await call('/api/profile')).toMatchObject({ status: 200 });
    expect(await call('/auth/logout', { method: 'POST' })).toMatchObject({ status: 200 });
    expect(await ourCookies()).toEqual([]);
    const answer = { status: 401, headers: { 'cache-control': 'no-store' } };
    expect(await call('/auth/session')).toMatchObject(answer);
    expect(await call('/api/profile')).toMatchObject(answer);
  });

  test('W12 ended from another device: the first is logged out, the other is not', async () => {
    await logIn();
    const other = await newDevice();
    await logIn(other.page);
    const list = (await call('/auth/sessions', {}, other.page)) as Seen;
    const sessions = list.body as { readonly id: string; readonly current: boolean }[];
    const mine = sessions.filter(({ current }) => !current);
    expect(mine).not.toHaveLength(0);
    expect(await call('/api/profile')).toMatchObject({ status: 200 });

    // Earlier cases left sessions of the same user: all but that of the other device go, one by one.
    for (const { id } of mine)
      expect(await call(`/auth/sessions/${id}`, { method: 'DELETE' }, other.page)).toMatchObject({
        status: 204,
      });
    expect(await call('/api/profile')).toMatchObject({ status: 401 });
    expect(await call('/auth/session')).toMatchObject({ status: 401 });
    expect(await call('/api/profile', {}, other.page)).toMatchObject({ status: 200 });
  });
});

describe('a second origin, loaded in the same browser', () => {
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

  // Another port is the same site: there SameSite lets the cookie through, and only the header and the origin decide.
  describe.each([
    { kind: 'sameSite', withSession: true },
    { kind: 'crossSite', withSession: false },
  ] as const)('$kind', ({ kind, withSession }) => {
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

    test('W8 a form sent to the logout is refused: 403', async () => {
      expect(await answerTo('/auth/logout', () => submit('/auth/logout'))).toEqual({
        status: 403,
        withSession,
      });
    });

    test('W8 a fetch that needs no preflight is refused and its answer hidden: 403', async () => {
      const seen: (Seen | 'blocked')[] = [];
      for (const path of ['/auth/logout', '/api/notifications/1/read', '/api/preferences']) {
        const post = async () =>
          seen.push(await foreignCall(path, { method: 'POST', mode: 'no-cors', body: 'a=b' }));
        expect({ path, ...(await answerTo(path, post)) }).toEqual({ path, status: 403, withSession });
      }
      // The answers say `Cross-Origin-Resource-Policy: same-origin`: not even an opaque one reaches the page.
      expect(seen).toEqual(['blocked', 'blocked', 'blocked']);
    });

    test('W8 a fetch with our header, or another method, does not pass its preflight', async () => {
      expect(await foreignCall('/auth/logout', { method: 'POST', headers: ours })).toBe('blocked');
      expect(await foreignCall('/api/profile', { headers: ours })).toBe('blocked');
      expect(await foreignCall('/auth/sessions', { method: 'DELETE' })).toBe('blocked');
    });

    test('W8 no answer can be read, with or without the session', async () => {
      for (const path of ['/api/profile', '/auth/session', '/auth/sessions']) {
        expect(await foreignCall(path, {})).toBe('blocked');
        expect(await foreignCall(path, { mode: 'no-cors' })).toBe('blocked');
      }
    });

    test('W8 an image or a script of our address is refused: 403, and a logout by GET is none', async () => {
      for (const tag of ['img', 'script'])
        expect({ tag, ...(await answerTo('/api/profile', () => embed(tag, '/api/profile'))) }).toEqual({
          tag,
          status: 403,
          withSession,
        });
      expect(await embed('img', '/auth/logout')).toBe('refused');
    });

    test('W8 a frame stays empty, be it of the page or of an answer', async () => {
      for (const path of ['/', '/auth/session', '/auth/sessions']) {
        await embed('iframe', path);
        const [, frame] = page.frames();
        await frame?.waitForURL('chrome-error://chromewebdata/');
        expect(frame?.url()).toBe('chrome-error://chromewebdata/');
      }
    });
  });
});
