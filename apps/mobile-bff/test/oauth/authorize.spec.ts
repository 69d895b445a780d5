import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser } from '@bff/dev-idp';
import { startRig, type Rig } from '../rig.ts';
import { authorizeUrl, beginLogin, challengeOf, signIn, toApp, type Changes } from '../world/native-app.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.world.idp.control.clearFaults());
afterAll(() => rig.close());

async function open(changes: Changes) {
  const response = await fetch(authorizeUrl(rig.url, changes), { redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('authorization server metadata (RFC 8414)', () => {
  test('the authorization server metadata is public and names the supported methods', async () => {
    const response = await fetch(`${rig.url}/.well-known/oauth-authorization-server`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(await response.json()).toMatchObject({
      issuer: rig.url,
      authorization_endpoint: `${rig.url}/oauth/authorize`,
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
    });
  });

  test('every endpoint in the authorization server metadata exists, and answers an unsupported method with 405 and Allow', async () => {
    const metadata = (await (
      await fetch(`${rig.url}/.well-known/oauth-authorization-server`)
    ).json()) as object;
    const endpoints = Object.entries(metadata).filter(([name]) => name.endsWith('_endpoint'));
    expect(endpoints).toHaveLength(5);
    for (const [name, url] of endpoints) {
      const { status, headers } = await fetch(url as string, { method: 'PUT' });
      const allow = name === 'authorization_endpoint' ? 'GET, HEAD' : 'POST';
      expect([name, status, headers.get('allow')]).toEqual([name, 405, allow]);
    }
  });
});

describe('authorization requests', () => {
  test.each<[string, Changes]>([
    ['no client id', { client_id: undefined }],
    ['an unknown client id', { client_id: 'stranger' }],
    ['two client ids', { client_id: ['demo-app', 'demo-app'] }],
    ['no redirect URI', { redirect_uri: undefined }],
    ['the client id of a device, which has no redirect URI', { client_id: 'demo-tv' }],
    ...[
      'https://evil.example/callback',
      '//evil.example/callback',
      'http://127.0.0.1.evil.example/callback',
      'http://127.0.0.1@evil.example/callback',
      'http://127.0.0.1:80@evil.example/callback',
      'http://localhost/callback',
      'http://127.0.0.1/callback/../evil',
      'http://127.0.0.1/other',
      'http://127.0.0.1/callback?next=//evil.example',
      'http://127.0.0.1/callback#fragment',
      'https://127.0.0.1/callback',
      'http://[::1]/callback',
      'com.example.app:/callback/',
      'com.example.app://callback',
      'COM.EXAMPLE.APP:/callback',
      'com.example.app:/callback\r\nSet-Cookie: a=b',
      'javascript:alert(1)',
    ].map((uri): [string, Changes] => [`redirect URI ${JSON.stringify(uri)}`, { redirect_uri: uri }]),
  ])(
    'W1 an authorization request with %s gets a page, without a redirect, a cookie or a call of the provider',
    async (_title, changes) => {
      const before = rig.world.idp.control.calls();
      const { status, headers, text } = await open(changes);
      expect([status, headers.get('location'), headers.getSetCookie()]).toEqual([400, null, []]);
      expect(headers.get('content-type')).toContain('text/html');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(text).not.toContain('evil');
      expect(rig.world.idp.control.calls()).toEqual(before);
    },
  );

  test.each<[string, Changes, string]>([
    ['without PKCE', { code_challenge: undefined }, 'invalid_request'],
    ['with PKCE of the method plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['without a method, which means plain', { code_challenge_method: undefined }, 'invalid_request'],
    ['with a challenge that is not a SHA-256 hash', { code_challenge: 'x' }, 'invalid_request'],
    ['with response_type=token', { response_type: 'token' }, 'unsupported_response_type'],
    ['without response_type', { response_type: undefined }, 'invalid_request'],
    ['with a request object', { request: 'ey.J.' }, 'request_not_supported'],
    ['with a request_uri', { request_uri: 'https://a.example/r' }, 'request_uri_not_supported'],
    ['with response_mode=fragment', { response_mode: 'fragment' }, 'invalid_request'],
    ['with two challenges', { code_challenge: [challengeOf('a'), challengeOf('b')] }, 'invalid_request'],
  ])(
    'M5 an authorization request %s is redirected to the app with the error %s',
    async (_title, changes, error) => {
      const before = rig.world.idp.control.calls();
      const { status, headers } = await open(changes);
      const location = new URL(headers.get('location')!);
      expect([status, location.origin, location.pathname]).toEqual([
        302,
        'http://127.0.0.1:49200',
        '/callback',
      ]);
      expect(Object.fromEntries(location.searchParams)).toMatchObject({
        error,
        state: 'the-state-of-the-app',
        iss: rig.url,
      });
      expect(rig.world.idp.control.calls()).toEqual(before);
    },
  );

  test('when the state is too long for a cookie, redirects to the app with an error and sets no cookie', async () => {
    const { headers } = await open({ state: '\u{1f600}'.repeat(1_000) });
    expect(new URL(headers.get('location')!).searchParams.get('error')).toBe('invalid_request');
    expect(headers.getSetCookie()).toEqual([]);
  });

  test('RFC 8252: the app receives its code on any port of its loopback address, and on its private URI scheme', async () => {
    for (const uri of [
      'http://127.0.0.1:1/callback',
      'http://127.0.0.1/callback',
      'com.example.app:/callback',
    ]) {
      const location = await toApp(rig.url, { changes: { redirect_uri: uri } });
      expect(location.href.startsWith(`${uri}?code=`)).toBe(true);
      expect(location.searchParams.get('state')).toBe('the-state-of-the-app');
      expect(location.searchParams.get('iss')).toBe(rig.url);
    }
  });

  test('W5 redirects to the app with login_required and without a page when prompt=none finds no session at the provider', async () => {
    const browser = createBrowser();
    const callback = await beginLogin(rig.url, browser, { prompt: 'none' });
    const atProvider = await browser.open(callback);
    expect(atProvider.leavesTo).toContain('error=login_required');
    const { leavesTo } = await browser.open(atProvider.leavesTo!);
    expect(Object.fromEntries(new URL(leavesTo!).searchParams)).toEqual({
      error: 'login_required',
      state: 'the-state-of-the-app',
      iss: rig.url,
    });
  });

  test.each(['login_required', 'interaction_required', 'consent_required', 'account_selection_required'])(
    'F30 passes the error %s of prompt=none on to the app',
    async (error) => {
      const browser = createBrowser();
      const { searchParams } = new URL(await beginLogin(rig.url, browser, { prompt: 'none' }));
      const back = new URLSearchParams({
        error,
        state: searchParams.get('state')!,
        iss: rig.world.idp.issuer,
      });
      const { leavesTo } = await browser.open(`${rig.url}/oauth/callback?${back}`);
      expect(new URL(leavesTo!).searchParams.get('error')).toBe(error);
    },
  );

  test('F30 forwards max_age, login_hint, ui_locales and acr_values to the provider, and no other parameter', async () => {
    const changes = { max_age: '60', login_hint: 'alice', ui_locales: 'de en', acr_values: 'urn:mfa' };
    const address = await beginLogin(rig.url, createBrowser(), {
      ...changes,
      claims: '{}',
      id_token_hint: 'x',
    });
    expect(Object.fromEntries(new URL(address).searchParams)).toMatchObject(changes);
    expect(address).not.toMatch(/claims|hint=x/);
    const page = await createBrowser().open(address);
    expect(page.html).toContain('value="alice"');
  });

  test.each<Changes>([
    { max_age: 'soon' },
    { login_hint: ['a', 'b'] },
    { ui_locales: 'de\r\nX: y' },
    { acr_values: 'x'.repeat(600) },
  ])(
    'F30 an authorization request with the malformed parameter %j is redirected to the app with invalid_request, without a call of the provider',
    async (changes) => {
      const before = rig.world.idp.control.calls();
      const { headers } = await open(changes);
      expect(new URL(headers.get('location')!).searchParams.get('error')).toBe('invalid_request');
      expect(rig.world.idp.control.calls()).toEqual(before);
    },
  );

  test('W5 prompt=none with a session at the provider returns a code without a form', async () => {
    const browser = createBrowser();
    await toApp(rig.url, { browser });
    const atProvider = await browser.open(await beginLogin(rig.url, browser, { prompt: 'none' }));
    const { leavesTo } = await browser.open(atProvider.leavesTo!);
    expect(new URL(leavesTo!).searchParams.has('code')).toBe(true);
  });

  test('prompt=login asks the user for the password again, and an unknown prompt is dropped', async () => {
    const browser = createBrowser();
    await toApp(rig.url, { browser });
    const again = await browser.open(await beginLogin(rig.url, browser, { prompt: 'login' }));
    expect(again.html).toContain('name="password"');
    expect(await beginLogin(rig.url, browser, { prompt: 'evil' })).not.toContain('prompt');
  });
});

describe('outage of the provider', () => {
  test('while the provider has not been reachable yet, the app gets temporarily_unavailable, and logs in after the provider recovered', async () => {
    const other = await startRig();
    other.world.idp.control.setFault({ endpoint: 'discovery', kind: 'error' });
    const { leavesTo } = await createBrowser().open(authorizeUrl(other.url));
    expect(new URL(leavesTo!).searchParams.get('error')).toBe('temporarily_unavailable');
    const device = await createBrowser().open(`${other.url}/oauth/device`);
    expect((await createBrowser().submit(device, { user_code: 'BCDF-GHJK' })).status).toBe(503);
    other.world.idp.control.clearFaults();
    other.clock.aheadMs = 2_000;
    expect((await toApp(other.url)).searchParams.has('code')).toBe(true);
    await other.close();
  });

  test('the app gets temporarily_unavailable when the provider fails while the user logs in', async () => {
    const browser = createBrowser();
    const callback = await signIn(await beginLogin(rig.url, browser), browser);
    rig.world.idp.control.setFault({ endpoint: 'token', kind: 'error' });
    const { leavesTo } = await browser.open(callback);
    expect(new URL(leavesTo!).searchParams.get('error')).toBe('temporarily_unavailable');
  });
});
