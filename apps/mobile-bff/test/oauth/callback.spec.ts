import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createBrowser } from '@bff/dev-idp';
import { until } from '@bff/testbed';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import { authorizeUrl, beginLogin, redeem, signIn, toApp } from '../world/native-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenants-'));
const tenantsFile = join(folder, 'tenants.json');
const demoTenants = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../libs/services/demo-tenants.json'), 'utf8'),
) as { tenants: { id: string; status: string }[] };
const writeTenants = (tenants: object[]): void => writeFileSync(tenantsFile, JSON.stringify({ tenants }));

let rig: Rig;
beforeAll(async () => {
  writeTenants(demoTenants.tenants);
  rig = await startRig({ TENANTS_FILE: tenantsFile });
});
beforeEach(() => rig.world.idp.control.resetCalls());
afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

/** A client without a cookie jar: each test says which cookies are sent. */
async function raw(url: string, cookie?: string) {
  const headers: Record<string, string> = cookie === undefined ? {} : { Cookie: cookie };
  const response = await fetch(url, { redirect: 'manual', headers });
  await response.body?.cancel();
  return {
    status: response.status,
    location: response.headers.get('location'),
    cookies: response.headers.getSetCookie(),
  };
}
const pairOf = (setCookie: string): string => setCookie.split(';', 1)[0]!;
const tokenCalls = (): number => rig.world.idp.control.calls().token;

/** Starts a login and returns the callback URL with the cookie that it requires. */
async function untilCallback() {
  const { location, cookies } = await raw(authorizeUrl(rig.url));
  return { callback: await signIn(location!, createBrowser()), cookie: pairOf(cookies[0]!), cookies };
}

describe('callback', () => {
  test('W7 the login cookie is __Host-, Secure, HttpOnly and Lax, and is removed when the login is finished', async () => {
    const { callback, cookie, cookies } = await untilCallback();
    expect(cookies).toEqual([
      expect.stringMatching(
        /^__Host-mobile-login-[\w-]{21}=[\w-]+; Max-Age=600; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    const finished = await raw(callback, cookie);
    expect(finished.location).toMatch(/^http:\/\/127\.0\.0\.1:49200\/callback\?code=[\w-]{43}&/);
    expect(finished.cookies).toEqual([
      expect.stringMatching(/^__Host-mobile-login-[\w-]{21}=; Path=\/; Expires=Thu, 01 Jan 1970/),
    ]);
    expect(tokenCalls()).toBe(1);
  });

  test('F72 a reloaded callback redirects to the same URL as the first callback, even while the first one is pending', async () => {
    const { callback, cookie } = await untilCallback();
    const answers = await Promise.all([1, 2, 3].map(() => raw(callback, cookie)));
    answers.push(await raw(callback, cookie));
    const { location } = answers[0]!;
    expect(location).toMatch(/^http:\/\/127\.0\.0\.1:49200\/callback\?code=[\w-]{43}&/);
    for (const answer of answers) expect([answer.status, answer.location]).toEqual([302, location]);
    expect(tokenCalls()).toBe(1);
    expect((await redeem(rig.url, new URL(location!).searchParams.get('code')!)).status).toBe(200);
  });

  test('W2 a callback that is not bound to this browser causes no token request', async () => {
    const mine = await untilCallback();
    const other = await untilCallback();
    const [name, value = ''] = mine.cookie.split(/=(.*)/s);
    const state = new URL(mine.callback).searchParams.get('state')!;
    const changed = (change: (url: URL) => void) => {
      const url = new URL(mine.callback);
      change(url);
      return url.href;
    };
    const attempts: [url: string, cookie: string | undefined][] = [
      [mine.callback, undefined],
      [mine.callback, other.cookie],
      [other.callback, mine.cookie],
      // Another login's cookie under this login's name: its state does not match.
      [mine.callback, `${name}=${other.cookie.split('=')[1]}`],
      [mine.callback, `${name}=${value.slice(0, -1)}${value.endsWith('A') ? 'Q' : 'A'}`],
      [mine.callback, `${name}=`],
      [mine.callback, `${name}=%00%ff`],
      [mine.callback, name!],
      // W7 two cookies of one name: an attacker may have set one of them.
      [mine.callback, `${mine.cookie}; ${mine.cookie}`],
      [changed((url) => url.searchParams.delete('state')), mine.cookie],
      [changed((url) => url.searchParams.set('state', '')), mine.cookie],
      [changed((url) => url.searchParams.append('state', state)), mine.cookie],
      [changed((url) => url.searchParams.set('state', `${state}x`)), mine.cookie],
      [changed((url) => url.searchParams.set('state', `${state.slice(0, -1)}~`)), mine.cookie],
      [changed((url) => url.searchParams.set('state', '\u{1f600}'.repeat(900))), mine.cookie],
    ];
    rig.world.idp.control.resetCalls();
    for (const [url, cookie] of attempts) {
      const answer = await raw(url, cookie);
      expect({ ...answer, url, cookie }).toEqual({ status: 400, location: null, cookies: [], url, cookie });
    }
    expect(tokenCalls()).toBe(0);
    expect((await raw(mine.callback, mine.cookie)).status).toBe(302);
  });

  test('W2 a callback with a wrong or missing issuer (RFC 9207) is rejected without a token request', async () => {
    for (const iss of ['https://evil.example', `${rig.world.idp.issuer}/`, '']) {
      const { callback, cookie } = await untilCallback();
      const url = new URL(callback);
      url.searchParams.set('iss', iss);
      expect(await raw(url.href, cookie)).toMatchObject({ status: 400, location: null });
      url.searchParams.delete('iss');
      const again = await untilCallback();
      url.searchParams.set('state', new URL(again.callback).searchParams.get('state')!);
      expect(await raw(url.href, again.cookie)).toMatchObject({ status: 400, location: null });
    }
    expect(tokenCalls()).toBe(0);
  });

  test('W2 rejects a callback ten minutes after the login was started', async () => {
    const { callback, cookie } = await untilCallback();
    rig.clock.aheadMs = 600_000;
    expect((await raw(callback, cookie)).status).toBe(400);
    rig.clock.aheadMs = 0;
    expect(tokenCalls()).toBe(0);
  });

  test('W3 two tabs finish their logins in either order, and each removes only its own cookie', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const browser = createBrowser();
      const begun = [
        await beginLogin(rig.url, browser, { state: 'tab-0' }),
        await beginLogin(rig.url, browser, { state: 'tab-1' }),
      ];
      for (const tab of order) {
        const { leavesTo } = await browser.open(await signIn(begun[tab]!, browser));
        const answer = new URL(leavesTo!).searchParams;
        expect([answer.has('code'), answer.get('state')]).toEqual([true, `tab-${tab}`]);
      }
    }
  });

  test('W3 keeps the newest five pending logins of a browser, so that the Cookie field stays within its limit', async () => {
    const jar = new Map<string, string>();
    const header = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    async function begin(state: string): Promise<string> {
      const { location, cookies } = await raw(authorizeUrl(rig.url, { state }), header());
      for (const cookie of cookies) {
        const [name, value] = pairOf(cookie).split('=') as [string, string];
        if (cookie.includes('Expires=Thu, 01 Jan 1970')) jar.delete(name);
        else jar.set(name, value);
      }
      return location!;
    }
    const begun: string[] = [];
    for (let tab = 0; tab < 8; tab += 1) begun.push(await begin(`tab-${tab}`));
    expect(jar.size).toBe(5);
    const newest = begun.slice(-5).map((url) => new URL(url).searchParams.get('state')!);
    expect([...jar.keys()].map((name) => name.slice('__Host-mobile-login-'.length)).sort()).toEqual(
      newest.map((state) => state.slice(0, 21)).sort(),
    );
    for (let tab = 0; tab < 8; tab += 1) await begin('s'.repeat(2_000));
    expect(header().length).toBeLessThan(10_000);
    expect(jar.size).toBeGreaterThan(1);
  });

  test('W3 a repeated callback shows a page and starts neither a login nor a redirect loop', async () => {
    const browser = createBrowser();
    const callback = await signIn(await beginLogin(rig.url, browser), browser);
    await browser.open(callback);
    const again = await browser.open(callback);
    expect([again.status, again.leavesTo]).toEqual([400, undefined]);
    expect(tokenCalls()).toBe(1);
  });

  test('W4 a login fails when the times of the ID token are an hour in the past or in the future', async () => {
    for (const offset of [-3_600, 3_600]) {
      const browser = createBrowser();
      rig.world.idp.control.setClock(offset);
      const callback = await signIn(await beginLogin(rig.url, browser), browser);
      const { status, leavesTo } = await browser.open(callback);
      rig.world.idp.control.setClock(0);
      expect([status, leavesTo]).toEqual([400, undefined]);
    }
  });

  test('W4 a login succeeds after the provider has rotated its signing keys', async () => {
    await rig.world.idp.control.rotateKeys();
    rig.world.idp.control.dropRetiredKeys();
    rig.clock.aheadMs = 31_000;
    expect((await toApp(rig.url)).searchParams.has('code')).toBe(true);
    rig.clock.aheadMs = 0;
  });

  test("redirects to the app with access_denied, without the provider's description, when the user refuses", async () => {
    const { callback, cookie } = await untilCallback();
    const { origin, pathname, searchParams } = new URL(callback);
    const state = searchParams.get('state')!;
    const query = new URLSearchParams({
      error: 'access_denied',
      error_description: 'evil',
      state,
      iss: rig.world.idp.issuer,
    });
    const { location } = await raw(`${origin}${pathname}?${query}`, cookie);
    expect(Object.fromEntries(new URL(location!).searchParams)).toEqual({
      error: 'access_denied',
      state: 'the-state-of-the-app',
      iss: rig.url,
    });
    expect(tokenCalls()).toBe(0);
  });

  test('redirects to the app with server_error when the provider reports an error that no user caused', async () => {
    const { callback, cookie } = await untilCallback();
    const url = new URL(callback);
    url.search = String(
      new URLSearchParams({
        error: 'invalid_scope',
        state: url.searchParams.get('state')!,
        iss: rig.world.idp.issuer,
      }),
    );
    const { location } = await raw(url.href, cookie);
    expect(new URL(location!).searchParams.get('error')).toBe('server_error');
  });
});

describe('home tenant of a user', () => {
  const withStatus = (changes: Record<string, string>) =>
    demoTenants.tenants.map((tenant) => ({ ...tenant, status: changes[tenant.id] ?? tenant.status }));
  async function atOnce(changes: object[], work: () => Promise<void>): Promise<void> {
    writeTenants(changes);
    const other = await startRig({ TENANTS_FILE: tenantsFile });
    const [before] = [rig];
    rig = other;
    try {
      await work();
    } finally {
      rig = before;
      writeTenants(demoTenants.tenants);
      await other.close();
    }
  }
  const answer = async (username: string) =>
    Object.fromEntries((await toApp(rig.url, { username })).searchParams);

  test('the home tenant is the first active tenant of the user', async () => {
    await atOnce(withStatus({ acme: 'suspended' }), async () => {
      const headers = { ...(await rig.as('max')), 'X-Tenant-ID': 'globex' };
      expect((await fetch(`${rig.url}${anyScreen}`, { headers })).status).toBe(200);
    });
  });

  test('redirects to the app with access_denied when the user has no active tenant', async () => {
    await atOnce(withStatus({ acme: 'suspended' }), async () => {
      expect(await answer('alice')).toMatchObject({ error: 'access_denied' });
      expect(await answer('gina')).not.toHaveProperty('error');
    });
    await atOnce(
      demoTenants.tenants.filter(({ id }) => id !== 'globex'),
      async () => {
        expect(await answer('gina')).toMatchObject({ error: 'access_denied' });
        expect(await answer('max')).not.toHaveProperty('error');
      },
    );
  });

  /** Waits until the tenant directory has reloaded the file that the previous test wrote. */
  const loggedIn = () => until(() => rig.as('alice').catch(() => undefined), { everyMs: 50 });

  test('T2 rejects the tokens of a suspended tenant at once, and accepts them when it is active again', async () => {
    const headers = await loggedIn();
    const ask = async (): Promise<number> => (await fetch(`${rig.url}${anyScreen}`, { headers })).status;
    const becomes = (status: number) => until(async () => (await ask()) === status);
    expect(await ask()).toBe(200);
    writeTenants(withStatus({ acme: 'suspended' }));
    await becomes(403);
    writeTenants(demoTenants.tenants);
    await becomes(200);
  });
});
