import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeProvider, type FakeProvider } from './fake-provider.ts';
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
afterAll(() => rig.close());

const calls = () => rig.world.idp.control.calls();
const who = async (one: WebBrowser) => {
  const { status, body } = await one.call('get', '/auth/session');
  return status === 200 ? body.sub : status;
};

describe('W2 a callback whose state is not bound to this browser', () => {
  const hostile: readonly (readonly [string, (callback: URL) => void])[] = [
    ['no cookie', () => browser.jar.clear()],
    ['the cookie of another login', () => {
      const [name, value] = [...browser.jar][0]!;
      browser.jar.set(name, `${value.slice(0, -4)}AAAA`);
    }],
    ['a truncated cookie', () => browser.jar.set(browser.logins[0]!, browser.jar.get(browser.logins[0]!)!.slice(0, 20))],
    ['an empty cookie', () => browser.jar.set(browser.logins[0]!, '')],
    ['a cookie in plain text', () => browser.jar.set(browser.logins[0]!, Buffer.from('{"state":"x"}').toString('base64url'))],
    ['another state', (callback) => callback.searchParams.set('state', 'x'.repeat(43))],
    ['no state', (callback) => callback.searchParams.delete('state')],
    ['an empty state', (callback) => callback.searchParams.set('state', '')],
    ['a repeated state', (callback) => callback.searchParams.append('state', callback.searchParams.get('state')!)],
    ['a state of 8 KB', (callback) => callback.searchParams.set('state', 'x'.repeat(8_000))],
    ['no query', (callback) => (callback.search = '')],
  ]; // prettier-ignore

  test.each(hostile)('a callback with %s is answered with 400, without a token request', async (_, twist) => {
    const callback = new URL(await browser.signIn(await browser.begin()));
    twist(callback);
    const answer = await browser.navigate(callback.href);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(setCookies(answer)).toEqual([]);
    expect(calls().token).toBe(0);
  });

  test("an attacker's callback is rejected in the victim's browser, also with the victim's cookie under the name of the attacker's login", async () => {
    const attacker = createWebBrowser(rig.service.url);
    const callback = await attacker.signIn(await attacker.begin(), 'bob');
    await browser.begin();
    expect((await browser.navigate(callback)).status).toBe(400);
    browser.jar.set(attacker.logins[0]!, browser.jar.get(browser.logins[0]!)!);
    expect((await browser.navigate(callback)).status).toBe(400);
    expect(calls().token).toBe(0);
    expect(await who(browser)).toBe(401);
  });

  test("a callback with two login cookies of the same name is rejected, because either may be the attacker's", async () => {
    const callback = await browser.signIn(await browser.begin());
    const { cookie } = browser;
    browser.jar.clear();
    expect((await browser.navigate(callback, { Cookie: `${cookie}; ${cookie}` })).status).toBe(400);
    expect(calls().token).toBe(0);
    expect((await browser.navigate(callback, { Cookie: cookie })).status).toBe(302);
  });

  test('rejects a callback more than ten minutes after the login was started', async () => {
    const own = await startRig();
    const one = createWebBrowser(own.service.url);
    const callback = await one.signIn(await one.begin());
    own.clock.advance(600_000);
    own.world.idp.control.resetCalls();
    expect((await one.navigate(callback)).status).toBe(400);
    expect(own.world.idp.control.calls().token).toBe(0);
    await own.close();
  });

  test.each(['https://evil.example', undefined])(
    'a callback with iss=%s is answered with 400 (RFC 9207), without a token request',
    async (iss) => {
      const callback = new URL(await browser.signIn(await browser.begin()));
      if (iss === undefined) callback.searchParams.delete('iss');
      else callback.searchParams.set('iss', iss);
      expect((await browser.navigate(callback.href)).status).toBe(400);
      expect(calls().token).toBe(0);
      expect(await who(browser)).toBe(401);
    },
  );

  test('a callback with a malformed parameter never gets a 2xx or a 5xx', async () => {
    for (const name of [
      'code',
      'state',
      'iss',
      'error',
      'error_description',
      'session_state',
      'response',
      'id_token',
    ])
      for (const value of [
        '',
        '%00',
        '%FF',
        '%',
        '%E0%A4%A',
        '[]',
        '__proto__',
        '%0d%0aX: y',
        'a'.repeat(4_000),
      ]) {
        const callback = new URL(await browser.begin());
        const state = callback.searchParams.get('state')!;
        const { status } = await browser.navigate(`/auth/callback?code=c&state=${state}&${name}=${value}`);
        expect({ name, value: value.slice(0, 20), fault: status >= 500 || status < 300 }).toEqual({
          name,
          value: value.slice(0, 20),
          fault: false,
        });
      }
  }, 30_000);
});

describe('W4 an ID token that must be rejected', () => {
  let provider: FakeProvider;
  let own: Rig;
  beforeAll(async () => {
    provider = await startFakeProvider();
    own = await startRig({ ISSUER: provider.issuer });
  });
  afterAll(async () => {
    await own.close();
    provider.close();
  });
  const RS256 = { alg: 'RS256', kid: 'k1' };
  const forgeries: readonly (readonly [string, (address: string) => string])[] = [
    ['alg none', (address) => provider.sign({ alg: 'none' }, provider.idClaims(address))],
    ['HS256 with the public key', (address) => provider.sign({ alg: 'HS256', kid: 'k1' }, provider.idClaims(address), { secret: provider.rsaPublicKey })],
    ['HS256 with the client secret', (address) => provider.sign({ alg: 'HS256' }, provider.idClaims(address), { secret: 'web-bff-dev-secret' })],
    ['an unknown kid', (address) => provider.sign({ ...RS256, kid: 'k2' }, provider.idClaims(address), 'rsa')],
    ['a signature of other claims', (address) => provider.sign(RS256, provider.idClaims(address), 'rsa').replace(/[^.]+$/, provider.sign(RS256, {}, 'rsa').split('.')[2]!)],
    ...Object.entries({
      'another nonce': { nonce: 'n' },
      'no nonce': { nonce: undefined },
      'another issuer': { iss: 'https://evil.example' },
      'another audience': { aud: 'mobile-bff' },
      'another azp': { azp: 'mobile-bff' },
      'no exp': { exp: undefined },
      'no iat': { iat: undefined },
      'no sub': { sub: undefined },
      'an exp in the past': { exp: Math.floor(Date.now() / 1000) - 60 },
      'an iat of a week ago': { iat: Math.floor(Date.now() / 1000) - 604_800 },
    }).map(([name, changes]) => [name, (address: string) => provider.sign(RS256, provider.idClaims(address, changes), 'rsa')] as const),
  ]; // prettier-ignore

  test.each(forgeries)(
    'an ID token with %s is answered with 4xx and creates no session',
    async (_, forge) => {
      const one = createWebBrowser(own.service.url);
      const address = await one.begin();
      const answer = await provider.finish(one, address, forge(address));
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect([...one.jar]).toEqual([]);
    },
  );

  test('a valid ID token creates a session', async () => {
    const one = createWebBrowser(own.service.url);
    expect((await provider.login(one)).status).toBe(302);
    expect(await who(one)).toBe('alice');
  });
});
