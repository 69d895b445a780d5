import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { anyScreen } from '../any-screen.ts';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';
import { createWebBrowser, setCookies, type WebBrowser } from '../web-browser.ts';

let rig: Rig;
let browser: WebBrowser;
beforeAll(async () => {
  rig = await startRig();
});
beforeEach(() => {
  browser = createWebBrowser(rig.service.url);
});
afterAll(() => rig.close());

describe('W7 cookies', () => {
  test('the login and session cookies are __Host-, Secure, HttpOnly and for all paths, and the session handle has 256 bits', async () => {
    const login = await browser.navigate('/auth/login');
    expect(setCookies(login)).toEqual([
      expect.stringMatching(
        /^__Host-bff-login-[\w-]{16}=[\w-]+; Max-Age=600; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    const session = await browser.navigate(await browser.signIn(login.headers['location']!));
    expect(setCookies(session)).toEqual([
      expect.stringMatching(/^__Host-bff=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      expect.stringMatching(
        /^__Host-bff-login-[\w-]{16}=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
  });

  test('with SAME_SITE=strict the session cookie is Strict, and the login cookie Lax, because the callback is cross-site', async () => {
    const own = await startRig({ SAME_SITE: 'strict' });
    const one = createWebBrowser(own.service.url);
    const login = await one.navigate('/auth/login');
    expect(setCookies(login)[0]).toMatch(/SameSite=Lax$/);
    const session = await one.navigate(await one.signIn(login.headers['location']!));
    expect(setCookies(session)[0]).toMatch(
      /^__Host-bff=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(setCookies(await one.call('post', '/auth/logout'))[0]).toMatch(/1970 .*SameSite=Strict$/);
    await own.close();
  });

  const good = (): string => rig.as('alice').Cookie.slice('__Host-bff='.length);
  const tampered: readonly (readonly [string, (handle: string) => string])[] = [
    ['one character changed', (handle) => (handle.startsWith('A') ? 'B' : 'A') + handle.slice(1)],
    ['truncated', (handle) => handle.slice(0, -1)],
    ['with an additional character', (handle) => `${handle}A`],
    ['in another case', (handle) => handle.replaceAll(/[a-z]/gi, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase()))],
    ['quoted', (handle) => `"${handle}"`],
    ['encoded', (handle) => `%${handle.charCodeAt(0).toString(16)}${handle.slice(1)}`],
    ['empty', () => ''],
    ['a path', () => '../../../../etc/passwd'],
    ['a key of the store', () => '{acme}:session:x'],
    ['a wildcard', () => '*'],
    ['broken encoding', () => '%E0%A4%A'],
    ['a JWT', () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.'],
    ['8 KB', () => 'A'.repeat(8_000)],
  ]; // prettier-ignore

  test.each(tampered)(
    'an invalid session cookie gets 401, never 500, without an upstream call or new cookie: %s',
    async (_, tamper) => {
      const before = upstreamCalls(rig.world);
      for (const path of [anyScreen, '/auth/session', '/auth/sessions']) {
        const answer = await browser.call('get', path, { Cookie: `__Host-bff=${tamper(good())}` });
        expect([answer.status, answer.body.type]).toEqual([401, '/problems/not-authenticated']);
        expect(setCookies(answer)).toEqual([]);
      }
      expect(upstreamCalls(rig.world)).toBe(before);
    },
  );

  test.each([
    ['the valid cookie first', (handle: string) => `__Host-bff=${handle}; __Host-bff=evil`],
    ['the valid cookie last', (handle: string) => `__Host-bff=evil; a=b;__Host-bff=${handle}`],
    ['the valid cookie twice', (handle: string) => `__Host-bff=${handle};  __Host-bff=${handle}`],
    ['the valid cookie and an empty one', (handle: string) => `__Host-bff=${handle}; __Host-bff=`],
  ])(
    'two session cookies (%s) are answered with 401, and a login shows a page instead of a redirect loop',
    async (_, cookies) => {
      const answer = await browser.call('get', anyScreen, { Cookie: cookies(good()) });
      expect([answer.status, answer.headers['location']]).toEqual([401, undefined]);
      const login = await browser.navigate('/auth/login', { Cookie: cookies(good()) });
      expect([login.status, login.headers['location']]).toEqual([400, undefined]);
      expect(login.body.detail).toContain('clear the cookies');
    },
  );

  test.each([
    (cookie: string) => `;;; ${cookie};`,
    (cookie: string) => `=x; novalue; a==b; ${cookie}`,
    (cookie: string) => `a="x; ${cookie}`,
    (cookie: string) => `__host-bff=x; __Host-bff2=x; x__Host-bff=x;\t${cookie}\t`,
  ])('the session cookie is found among other cookies (%#)', async (header) => {
    const { status } = await browser.call('get', '/auth/session', { Cookie: header(rig.as('alice').Cookie) });
    expect(status).toBe(200);
  });
});

describe('W12 lifetime', () => {
  const minute = 60_000;
  let own: Rig;
  let one: WebBrowser;
  beforeEach(async () => {
    own = await startRig({ SESSION_IDLE_SECONDS: '1800', SESSION_ABSOLUTE_SECONDS: '7200' });
    one = createWebBrowser(own.service.url);
    await one.login();
  });
  const after = async (minutes: number, path = '/auth/session') => {
    own.clock.advance(minutes * minute);
    return (await one.call('get', path)).status;
  };
  const expiresAt = async () => (await one.call('get', '/auth/session')).body.expires_at as string;

  test('reading /auth/session and /auth/sessions does not extend the session', async () => {
    const before = await expiresAt();
    expect(await after(20)).toBe(200);
    expect(await after(9, '/auth/sessions')).toBe(200);
    expect(await expiresAt()).toBe(before);
    expect(await after(1)).toBe(401);
    await own.close();
  });

  test('a use of the session extends its lifetime, at most once a minute', async () => {
    const before = await expiresAt();
    expect(await after(0.5, anyScreen)).toBe(200);
    expect(await expiresAt()).toBe(before);
    expect(await after(28, anyScreen)).toBe(200);
    expect(Date.parse(await expiresAt()) - Date.parse(before)).toBeGreaterThan(28 * minute);
    expect(await after(29, anyScreen)).toBe(200);
    expect(await after(30, anyScreen)).toBe(401);
    await own.close();
  });

  test('the session ends at its absolute lifetime regardless of use', async () => {
    for (let used = 0; used < 4; used += 1) expect(await after(29, anyScreen)).toBe(200);
    expect(Date.parse(await expiresAt()) - Date.now()).toBeLessThan(121 * minute);
    expect(await after(4.5, anyScreen)).toBe(401);
    expect((await one.call('get', anyScreen)).headers['set-cookie']).toBeUndefined();
    await own.close();
  });
});

describe('W12 sessions of a user', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const names = ['acme-user-010', 'acme-user-011', 'acme-user-012'];
  let user: string;
  let other: WebBrowser;
  beforeEach(async () => {
    user = names.pop()!;
    const callback = await browser.signIn(await browser.begin(), user);
    await browser.navigate(callback, { 'User-Agent': firefox });
    other = createWebBrowser(rig.service.url);
    await other.login(user);
  });
  const list = async (one: WebBrowser) => (await one.call('get', '/auth/sessions')).body;

  test('the session list marks the current session and contains no value that grants access to a session', async () => {
    const sessions = await list(browser);
    expect(sessions).toEqual([
      {
        id: expect.any(String),
        kind: 'browser',
        current: false,
        device: 'Unknown device',
        created_at: expect.any(String),
        last_seen_at: expect.any(String),
      },
      {
        id: expect.any(String),
        kind: 'browser',
        current: true,
        device: 'Firefox on Linux',
        created_at: expect.any(String),
        last_seen_at: expect.any(String),
      },
    ]);
    expect(Date.parse(sessions[0].created_at)).toBeGreaterThan(Date.now() - 60_000);
    for (const one of [browser, other]) expect(JSON.stringify(sessions)).not.toContain(one.handle);
    const opened = await browser.call('get', '/auth/session', { Cookie: `__Host-bff=${sessions[0].id}` });
    expect(opened.status).toBe(401);
  });

  test('DELETE /auth/sessions/{id} ends one session of the user, and returns 404 for a session of another user', async () => {
    const [{ id }] = await list(browser);
    const otherUser = createWebBrowser(rig.service.url);
    await otherUser.login('bob');
    expect((await otherUser.call('delete', `/auth/sessions/${id}`)).status).toBe(404);
    for (const unknown of ['x', '%00', '*', 'a'.repeat(500)])
      expect((await browser.call('delete', `/auth/sessions/${unknown}`)).status).toBe(404);
    expect(await list(other)).toHaveLength(2);

    expect((await browser.call('delete', `/auth/sessions/${id}`)).status).toBe(204);
    expect((await other.call('get', anyScreen)).status).toBe(401);
    expect(await list(browser)).toHaveLength(1);
    expect((await browser.call('delete', `/auth/sessions/${id}`)).status).toBe(404);
  });

  test('DELETE /auth/sessions ends all other sessions, and ending the current session by its id removes the cookie', async () => {
    expect((await browser.call('delete', '/auth/sessions')).status).toBe(204);
    expect((await other.call('get', '/auth/session')).status).toBe(401);
    const [{ id, current }] = await list(browser);
    expect(current).toBe(true);
    const answer = await browser.call('delete', `/auth/sessions/${id}`);
    expect([answer.status, browser.handle]).toEqual([204, undefined]);
    expect((await browser.call('get', '/auth/session')).status).toBe(401);
  });
});
