import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser, setCookies, type WebBrowser } from '../web-browser.ts';

let rig: Rig;
let browser: WebBrowser;
beforeAll(async () => {
  rig = await startRig();
});
beforeEach(() => {
  browser = createWebBrowser(rig.service.url);
  rig.world.idp.control.resetCalls();
});
afterEach(() => rig.world.idp.control.clearFaults());
afterAll(() => rig.close());

const calls = () => rig.world.idp.control.calls();
const who = async (one: WebBrowser) => {
  const { status, body } = await one.call('get', '/auth/session');
  return status === 200 ? body.sub : status;
};

describe('a login', () => {
  test('a login redirects to the provider with state, nonce and PKCE, and finishes with a session at return_to', async () => {
    const address = new URL(await browser.begin('return_to=/things?page=2%23top'));
    expect(address.origin).toBe(rig.world.idp.issuer);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: 'web-bff',
      response_type: 'code',
      redirect_uri: `${rig.service.url}/auth/callback`,
      scope: 'openid profile',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const answer = await browser.navigate(await browser.signIn(address.href));
    expect(answer.status).toBe(302);
    expect(answer.headers['location']).toBe('/things?page=2#top');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(browser.logins).toEqual([]);
    const session = await browser.call('get', '/auth/session');
    expect(session.headers['cache-control']).toBe('no-store');
    expect(session.body).toEqual({
      sub: 'alice',
      tenant: 'acme',
      roles: ['user', 'admin'],
      permissions: [],
      expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.000Z$/),
    });
    expect((await browser.call('get', anyScreen)).status).toBe(200);
  });

  test('the session of a user of two tenants lists both tenants and acts for the first one', async () => {
    await browser.login('max');
    expect((await browser.call('get', '/auth/session')).body).toMatchObject({
      tenant: 'acme',
      tenants: ['acme', 'globex'],
    });
  });

  test('a login that the provider denies is answered with 403 and creates no session', async () => {
    const { searchParams } = new URL(await browser.begin());
    const denied = new URLSearchParams({
      error: 'access_denied',
      state: searchParams.get('state')!,
      iss: rig.world.idp.issuer,
    });
    const answer = await browser.navigate(`/auth/callback?${denied}`);
    expect(answer.status).toBe(403);
    expect(answer.body.type).toBe('/problems/forbidden');
    expect(answer.headers['location']).toBeUndefined();
    expect([...browser.jar]).toEqual([]);
    expect(calls().token).toBe(0);
  });

  test('a code that the provider does not know is answered with 400 and creates no session', async () => {
    const callback = new URL(await browser.signIn(await browser.begin()));
    callback.searchParams.set('code', 'made-up');
    const answer = await browser.navigate(callback.href);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('made-up');
    expect([browser.handle, browser.logins]).toEqual([undefined, []]);
  });

  test('a callback gets 503 with Retry-After while the token endpoint is down, and succeeds afterwards', async () => {
    const callback = await browser.signIn(await browser.begin());
    rig.world.idp.control.setFault({ endpoint: 'token', kind: 'error', status: 502 });
    const answer = await browser.navigate(callback);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(setCookies(answer)).toEqual([]);
    rig.world.idp.control.clearFaults();
    expect((await browser.navigate(callback)).status).toBe(302);
    expect(await who(browser)).toBe('alice');
  });

  test('/auth/login returns 503 with Retry-After and sets no cookie while the provider is unreachable', async () => {
    const own = await startRig({ ISSUER: 'http://127.0.0.1:9' });
    const answer = await createWebBrowser(own.service.url).navigate('/auth/login?return_to=/');
    expect(answer.status).toBe(503);
    expect(answer.body.type).toBe('/problems/unavailable');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(setCookies(answer)).toEqual([]);
    await own.close();
  });

  test('a login of a user without an active tenant gets 403 unknown-tenant; of other users, the first active tenant is the home tenant', async () => {
    const tenants = join(mkdtempSync(join(tmpdir(), 'web-bff-')), 'tenants.json');
    const tenant = (id: string, status: string) => ({
      id,
      name: id,
      status,
      fields: { blocked: [], allowed: [] },
      fallbacks: {},
    });
    writeFileSync(
      tenants,
      JSON.stringify({ tenants: [tenant('acme', 'active'), tenant('globex', 'active')] }),
    );
    const own = await startRig({ TENANTS_FILE: tenants });
    writeFileSync(
      tenants,
      JSON.stringify({ tenants: [tenant('acme', 'suspended'), tenant('globex', 'active')] }),
    );
    const one = createWebBrowser(own.service.url);
    // The tenant directory reloads its file within half a second.
    await until(async () => (await one.login('bob')).status === 403);
    const answer = await one.login('acme-user-001');
    expect(answer.status).toBe(403);
    expect(answer.body.type).toBe('/problems/unknown-tenant');
    expect([setCookies(answer).length, one.logins]).toEqual([1, []]);
    const other = createWebBrowser(own.service.url);
    await other.login('max');
    expect((await other.call('get', '/auth/session')).body.tenant).toBe('globex');
    await own.close();
  }, 20_000);
});

test('during a key rotation of the provider, every login succeeds and every session continues', async () => {
  const own = await startRig();
  const one = createWebBrowser(own.service.url);
  await one.login();
  own.clock.advance(31_000);
  let rotated: Promise<unknown> = Promise.resolve();
  const logins = Array.from({ length: 8 }, async (_, index) => {
    if (index === 4) rotated = own.world.idp.control.rotateKeys();
    return (await createWebBrowser(own.service.url).login(`acme-user-00${index + 1}`)).status;
  });
  expect(await Promise.all(logins)).toEqual(logins.map(() => 302));
  await rotated;
  own.world.idp.control.dropRetiredKeys();
  expect((await createWebBrowser(own.service.url).login('bob')).status).toBe(302);
  expect(await who(one)).toBe('alice');
  await own.close();
});

describe('F30 F73 parameters for the provider', () => {
  test('/auth/login forwards the listed parameters to the provider, and no others', async () => {
    const query = 'return_to=/&login_hint=bob&ui_locales=de%20en&acr_values=urn:mfa&max_age=60';
    const address = new URL(
      await browser.begin(`${query}&claims={}&client_id=evil&redirect_uri=https://evil.example`),
    );
    const given = { login_hint: 'bob', ui_locales: 'de en', acr_values: 'urn:mfa', max_age: '60' };
    expect(Object.fromEntries(address.searchParams)).toMatchObject(given);
    expect(address.href).not.toMatch(/evil|claims/);
    const { headers } = await browser.navigate(await browser.signIn(address.href, 'bob'));
    expect([headers['location'], await who(browser)]).toEqual(['/', 'bob']);
  });

  test.each([
    'max_age=soon',
    'login_hint=a&login_hint=b',
    'ui_locales=de%0d%0aX:y',
    `acr_values=${'x'.repeat(600)}`,
  ])('/auth/login returns 400 for a malformed parameter (%.30s)', async (query) => {
    const { status, body } = await browser.navigate(`/auth/login?return_to=/&${query}`);
    expect([status, body.type, browser.logins]).toEqual([400, '/problems/bad-request', []]);
  });

  test('/auth/login sends the configured fixed and listed parameters, and a pushed authorization request if configured', async () => {
    const own = await startRig({
      AUTHORIZATION_PARAMETERS: 'acr_values=urn:mfa&kc_idp_hint=corporate',
      PASSED_PARAMETERS: 'domain_hint,acr_values',
    });
    const one = createWebBrowser(own.service.url);
    const address = new URL(
      await one.begin('return_to=/&domain_hint=a.example&login_hint=bob&acr_values=urn:none'),
    );
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      acr_values: 'urn:mfa',
      kc_idp_hint: 'corporate',
      domain_hint: 'a.example',
    });
    expect(address.searchParams.has('login_hint')).toBe(false);
    await own.close();
    const pushing = await startRig({ PUSHED_AUTHORIZATION_REQUESTS: 'always' });
    const other = createWebBrowser(pushing.service.url);
    expect((await other.login()).status).toBe(302);
    expect(await who(other)).toBe('alice');
    await pushing.close();
  }, 30_000);
});

describe('W3 logins in several tabs', () => {
  test.each([
    ['in the order of their start', [0, 1]],
    ['in the other order', [1, 0]],
  ])('two tabs that finish their logins %s both succeed', async (_, order) => {
    const tabs = [await browser.begin('return_to=/one'), await browser.begin('return_to=/two')];
    expect(browser.logins).toHaveLength(2);
    for (const [turn, tab] of order.entries()) {
      const { status, headers } = await browser.navigate(await browser.signIn(tabs[tab]!));
      expect([status, headers['location']]).toEqual([302, ['/one', '/two'][tab]]);
      expect(browser.logins).toHaveLength(1 - turn);
      expect(await who(browser)).toBe('alice');
    }
  });

  test('a repeated callback of a logged-in user redirects into the app without a call of the provider', async () => {
    const callback = await browser.signIn(await browser.begin());
    await browser.navigate(callback);
    const handle = browser.handle;
    rig.world.idp.control.resetCalls();
    const { status, headers } = await browser.navigate(callback);
    expect([status, headers['location']]).toEqual([302, '/']);
    expect([calls().token, browser.handle]).toEqual([0, handle]);
  });

  test('a browser keeps at most the eight newest pending logins', async () => {
    const tabs: string[] = [];
    while (tabs.length < 12) tabs.push(await browser.begin(`return_to=/${tabs.length}`));
    expect(browser.logins).toHaveLength(8);
    expect((await browser.navigate(await browser.signIn(tabs[3]!))).status).toBe(400);
    for (const tab of [11, 4])
      expect((await browser.navigate(await browser.signIn(tabs[tab]!))).headers['location']).toBe(`/${tab}`);
    expect(browser.logins).toHaveLength(6);
  });

  test('long return addresses never exceed the header limit, so the user is not locked out', async () => {
    for (let tab = 0; tab < 8; tab += 1) await browser.begin(`return_to=/${'a'.repeat(2_000)}`);
    expect(browser.cookie.length).toBeLessThan(9_000);
    expect(browser.logins.length).toBeGreaterThanOrEqual(2);
    expect((await browser.login()).status).toBe(302);
  });

  test('/auth/login does not delete cookies whose names only resemble the login cookie', async () => {
    const names = [
      '__Host-bff-login-',
      '__Host-bff-login-é',
      '__Host-bff-login-a(b',
      '__Host-bff-login-abc',
      'other-',
    ];
    const Cookie = names
      .flatMap((name) => Array.from({ length: 9 }, (_, index) => `${name}${index}=x`))
      .join('; ');
    const answer = await browser.navigate('/auth/login', { Cookie });
    expect([answer.status, setCookies(answer).length]).toEqual([302, 1]);
  });
});

describe('W5 prompt=none', () => {
  test('/auth/login returns 400 for an unknown prompt', async () => {
    for (const prompt of ['consent', '', 'none&prompt=none', 'none login'])
      expect((await browser.navigate(`/auth/login?prompt=${prompt}`)).status).toBe(400);
  });

  test('prompt=none without a session at the provider returns to the app as not logged in, without an error or loop', async () => {
    const callback = (await browser.atProvider.open(await browser.begin('prompt=none&return_to=/silent')))
      .leavesTo!;
    expect(callback).toContain('error=login_required');
    const { status, headers } = await browser.navigate(callback);
    expect([status, headers['location']]).toEqual([302, '/silent']);
    expect([...browser.jar]).toEqual([]);
    expect([await who(browser), calls().token]).toEqual([401, 0]);
  });

  test('F36 a login with prompt=none that the provider answers with login_required ends the session of the browser', async () => {
    await browser.login();
    const { cookie } = browser;
    const forgotten = createWebBrowser(rig.service.url);
    for (const [name, value] of browser.jar) forgotten.jar.set(name, value);
    const page = await forgotten.atProvider.open(await forgotten.begin('prompt=none&return_to=/silent'));
    const { status, headers } = await forgotten.navigate(page.leavesTo!);
    expect([status, headers['location']]).toEqual([302, '/silent']);
    expect(forgotten.handle).toBeUndefined();
    expect((await browser.call('get', '/auth/session', { Cookie: cookie })).status).toBe(401);
  });

  test('prompt=none with a session at the provider renews the session with a new handle and without a form, and the old handle is no longer valid', async () => {
    await browser.login();
    const { handle: before, cookie } = browser;
    const page = await browser.atProvider.open(await browser.begin('prompt=none&return_to=/silent'));
    const { headers } = await browser.navigate(page.leavesTo!);
    expect(headers['location']).toBe('/silent');
    expect(browser.handle).not.toBe(before);
    expect(await who(browser)).toBe('alice');
    expect((await browser.call('get', '/auth/session', { Cookie: cookie })).status).toBe(401);
  });
});

describe('W6 the session id changes at login', () => {
  test("a login of one user with another user's session cookie inherits nothing, and the other user's handle is no longer valid", async () => {
    await browser.login('alice');
    const alice = { Cookie: browser.cookie };
    const next = createWebBrowser(rig.service.url);
    next.jar.set('__Host-bff', browser.handle!);
    await next.login('bob');
    expect(next.handle).not.toBe(browser.handle);
    expect((await next.call('get', '/auth/session')).body).toMatchObject({ sub: 'bob', roles: ['user'] });
    const copy = createWebBrowser(rig.service.url);
    expect((await copy.call('get', '/auth/session', alice)).status).toBe(401);
    expect((await copy.call('get', anyScreen, alice)).status).toBe(401);
  });

  test('a login ends a session that another tab started in the meantime', async () => {
    const late = await browser.begin();
    await browser.login('alice');
    const alice = { Cookie: `__Host-bff=${browser.handle}` };
    await browser.navigate(await browser.signIn(late, 'alice'));
    expect(await who(browser)).toBe('alice');
    const copy = createWebBrowser(rig.service.url);
    expect((await copy.call('get', '/auth/session', alice)).status).toBe(401);
  });

  test('a handle that was planted before the login is not adopted', async () => {
    browser.jar.set('__Host-bff', 'p'.repeat(43));
    await browser.login();
    expect(browser.handle).not.toBe('p'.repeat(43));
    expect(await who(browser)).toBe('alice');
  });

  test('with SameSite=Strict the callback lacks the old cookie, and the old session is ended nevertheless', async () => {
    const own = await startRig({ SAME_SITE: 'strict' });
    const one = createWebBrowser(own.service.url);
    await one.login('alice');
    const alice = { Cookie: one.cookie };
    const callback = await one.signIn(await one.begin(), 'alice');
    one.jar.delete('__Host-bff');
    expect((await one.navigate(callback)).status).toBe(302);
    expect(await who(one)).toBe('alice');
    expect((await createWebBrowser(own.service.url).call('get', '/auth/session', alice)).status).toBe(401);
    await own.close();
  });
});
