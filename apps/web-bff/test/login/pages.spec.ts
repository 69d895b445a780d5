import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request, { type Response } from 'supertest';
import { startFakeProvider, type FakeProvider } from './fake-provider.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser, setCookies, type WebBrowser } from '../web-browser.ts';

/** Header fields of a navigation in Chromium. */
const person = {
  Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8',
  'Accept-Language': 'en-GB,en;q=0.9',
  'Sec-Fetch-Dest': 'document',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Site': 'cross-site',
};

let rig: Rig;
let browser: WebBrowser;
beforeAll(async () => {
  rig = await startRig();
});
beforeEach(() => {
  browser = createWebBrowser(rig.service.url);
});
afterEach(() => rig.world.idp.control.clearFaults());
afterAll(() => rig.close());

const hrefs = ({ text }: Response): string[] =>
  [...text.matchAll(/href="([^"]*)"/g)].map(([, address]) => address!.replaceAll('&amp;', '&'));
const cleared = (answer: Response): readonly string[] =>
  setCookies(answer).filter(
    (line) => line.startsWith('__Host-bff-login-') && line.includes('Expires=Thu, 01 Jan 1970'),
  );

function expectPage(answer: Response, status: number): void {
  expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
  expect(answer.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'$/,
  );
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.text).not.toContain('<script');
  for (const field of ['Accept', 'Accept-Language', 'Sec-Fetch-Dest'])
    expect(answer.headers['vary']!.split(', ')).toContain(field);
}

/** Returns from the provider with an error. */
async function refusedWith(
  error: string,
  headers: Record<string, string> = person,
  query = 'return_to=/things?a=1%26b=2',
): Promise<Response> {
  const { searchParams } = new URL(await browser.begin(query));
  const back = new URLSearchParams({ error, state: searchParams.get('state')!, iss: rig.world.idp.issuer });
  back.set('error_description', '<img src=x onerror=alert(1)>');
  return browser.navigate(`/auth/callback?${back}`, headers);
}

describe('F29 pages of a login that cannot continue', () => {
  test('a login cancelled at the provider shows a page with further actions, and removes the login cookie', async () => {
    const answer = await refusedWith('access_denied');
    expectPage(answer, 403);
    expect(answer.text).toContain('<h1>You are not logged in</h1>');
    expect(answer.text).not.toContain('onerror');
    expect(hrefs(answer)).toEqual([
      '/auth/login?return_to=%2Fthings%3Fa%3D1%26b%3D2',
      '/auth/login?return_to=%2Fthings%3Fa%3D1%26b%3D2&prompt=select_account',
    ]);
    expect(answer.text).toContain('<form method="post" action="/auth/logout-page">');
    expect(cleared(answer)).toHaveLength(1);
    expect(browser.logins).toEqual([]);
  });

  test.each(['invalid_request', 'invalid_scope', 'made_up', '<b>'])(
    'a callback with the error %s shows a page with status 403, and removes the login cookie',
    async (error) => {
      const answer = await refusedWith(error);
      expectPage(answer, 403);
      expect(answer.text).not.toContain('<b>');
      expect(cleared(answer)).toHaveLength(1);
    },
  );

  test('a bookmarked callback shows a page that restarts the login', async () => {
    for (const query of ['?code=c&state=s', '', '?state=%3Cb%3E&error=%3Cb%3E']) {
      const answer = await browser.navigate(`/auth/callback${query}`, person);
      expectPage(answer, 400);
      expect(answer.text).toContain('This login has expired');
      expect(answer.text).not.toContain('<b>');
      expect(hrefs(answer)[0]).toBe('/auth/login?return_to=%2F');
    }
  });

  test('a callback with a code that the provider does not know shows a page, and removes the login cookie', async () => {
    const callback = new URL(await browser.signIn(await browser.begin()));
    callback.searchParams.set('code', 'made-up');
    const answer = await browser.navigate(callback.href, person);
    expectPage(answer, 400);
    expect(answer.text).not.toContain('made-up');
    expect(cleared(answer)).toHaveLength(1);
  });

  test('a callback during an outage of the token endpoint shows a page with Retry-After, and succeeds afterwards', async () => {
    const callback = await browser.signIn(await browser.begin('return_to=/things'));
    rig.world.idp.control.setFault({ endpoint: 'token', kind: 'error', status: 502 });
    const answer = await browser.navigate(callback, person);
    expectPage(answer, 503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(hrefs(answer)).toEqual(['/auth/login?return_to=%2Fthings']);
    rig.world.idp.control.clearFaults();
    expect((await browser.navigate(callback, person)).headers['location']).toBe('/things');
  });

  test('/auth/login shows a page that keeps the return address while the provider is unreachable', async () => {
    const own = await startRig({ ISSUER: 'http://127.0.0.1:9' });
    const one = createWebBrowser(own.service.url);
    const answer = await one.navigate('/auth/login?return_to=/things', person);
    expectPage(answer, 503);
    expect(hrefs(answer)).toEqual(['/auth/login?return_to=%2Fthings']);
    await own.close();
  });

  test.each([
    '//evil.example/x',
    'https://evil.example',
    '/\\evil.example',
    '"><script>alert(1)</script>',
    '/a"onmouseover="alert(1)',
    'javascript:alert(1)',
    '/%0d%0aSet-Cookie:a=b',
    `/${'x'.repeat(2_048)}`,
  ])(
    'an invalid return address (%j) is not used for a redirect and does not appear in the page',
    async (address) => {
      const answer = await browser.navigate(
        `/auth/login?${new URLSearchParams({ return_to: address })}`,
        person,
      );
      if (answer.status !== 302) {
        expectPage(answer, 400);
        expect(hrefs(answer)).toEqual(['/', '/auth/login?return_to=%2F']);
        expect(answer.text).not.toMatch(/evil|alert\(|onmouseover/);
      }
      expect(answer.headers['location'] ?? rig.world.idp.issuer).toContain(rig.world.idp.issuer);
    },
  );

  test.each([
    ['a fetch of a page', { ...person, 'Sec-Fetch-Dest': 'empty', 'Sec-Fetch-Mode': 'cors' }],
    ['a client that sends no Accept', {}],
    ['a client that accepts any media type', { Accept: '*/*' }],
    ['a client that prefers JSON', { Accept: 'application/json, text/html;q=0.5' }],
    ['a request for an image', { ...person, 'Sec-Fetch-Dest': 'image' }],
    ['a browser that accepts no HTML', { ...person, Accept: 'application/problem+json' }],
  ])('%s gets problem details instead of a page', async (_, headers) => {
    const answer = await browser.navigate('/auth/callback?code=c&state=s', headers);
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/problem+json']);
    expect(answer.body.type).toBe('/problems/bad-request');
    expect(answer.headers['vary']).toContain('Sec-Fetch-Dest');
  });

  test('an old browser without Sec-Fetch-Dest gets a page', async () => {
    expectPage(await browser.navigate('/auth/callback?state=s', { Accept: 'text/html,*/*;q=0.8' }), 400);
  });

  test('API paths answer problem details to every client', async () => {
    const { headers } = await browser.navigate('/auth/session', person);
    expect(headers['content-type']).toBe('application/problem+json');
  });

  test.each([
    ['de-CH, en;q=0.5', 'de', 'Diese Anmeldung ist beendet', ''],
    ['ja', 'ja', 'このログインは終了しました', ''],
    ['ar-EG', 'ar', 'انتهت محاولة تسجيل الدخول هذه', ' dir="rtl"'],
    ['fr, it', 'en', 'This login has expired', ''],
    ['"><script>', 'en', 'This login has expired', ''],
    ['de;q=x, en-'.repeat(300), 'en', 'This login has expired', ''],
  ])(
    'the page has the language that the browser prefers: %.30s',
    async (accepted, language, title, direction) => {
      const answer = await browser.navigate('/auth/callback', { ...person, 'Accept-Language': accepted });
      expectPage(answer, 400);
      expect(answer.text).toContain(`<html lang="${language}"${direction}>`);
      expect(answer.text).toContain(`<h1>${title}</h1>`);
    },
  );

  test('F36 a failed login with prompt=none removes the session cookie and the renewal cookie', async () => {
    const own = await startRig({ REVALIDATION_SECONDS: '900' });
    const one = createWebBrowser(own.service.url);
    await one.login();
    expect([...one.jar.keys()]).toContain('__Secure-bff-renewal');
    const forgotten = createWebBrowser(own.service.url);
    for (const [name, value] of one.jar) forgotten.jar.set(name, value);
    const page = await forgotten.atProvider.open(await forgotten.begin('prompt=none&return_to=/silent'));
    expect((await forgotten.navigate(page.leavesTo!, person)).headers['location']).toBe('/silent');
    expect([...forgotten.jar]).toEqual([]);
    await own.close();
  });
});

describe('F67 a user without a tenant, or with the wrong account', () => {
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

  test.each([{ tid: undefined }, { tid: [] }, { tid: 'elsewhere' }])(
    'a login with the tenant claim %j shows a page that offers another account and a logout',
    async (claims) => {
      const one = createWebBrowser(own.service.url);
      const address = await one.begin('return_to=/things');
      const token = provider.sign({ alg: 'RS256', kid: 'k1' }, provider.idClaims(address, claims), 'rsa');
      const answer = await provider.finish(one, address, token, person);
      expectPage(answer, 403);
      expect(answer.text).toContain('This account has no access');
      expect(hrefs(answer)[0]).toBe('/auth/login?return_to=%2Fthings&prompt=select_account');
      expect(answer.text).toContain('action="/auth/logout-page"');
      expect(cleared(answer)).toHaveLength(1);
      expect([...one.jar]).toEqual([]);
    },
  );

  test.each(['select_account', 'login'])(
    '/auth/login forwards prompt=%s, and the provider shows its form again',
    async (prompt) => {
      await browser.login();
      const address = await browser.begin(`return_to=/things&prompt=${prompt}`);
      expect(new URL(address).searchParams.get('prompt')).toBe(prompt);
      expect((await browser.atProvider.open(address)).html).toContain('name="password"');
    },
  );

  test('a provider that lists its prompts without select_account receives prompt=login', async () => {
    provider.metadata = { prompt_values_supported: ['none', 'login'] };
    const fresh = await startRig({ ISSUER: provider.issuer });
    const address = await createWebBrowser(fresh.service.url).begin('return_to=/&prompt=select_account');
    expect(new URL(address).searchParams.get('prompt')).toBe('login');
    provider.metadata = {};
    await fresh.close();
  });
});

describe('F67 logout by a form of a page', () => {
  const post = (headers: Record<string, string>) =>
    request(rig.service.url)
      .post('/auth/logout-page')
      .set({ ...person, Cookie: browser.cookie, ...headers });

  test('the logout form of a page ends the session and continues to the provider', async () => {
    await browser.login();
    const answer = await post({ Origin: rig.service.url, 'Sec-Fetch-Site': 'same-origin' });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers['content-security-policy']).toContain("form-action 'none'");
    const there = hrefs(answer)[0]!;
    expect(there).toContain(`${rig.world.idp.issuer}/`);
    expect(answer.headers['refresh']).toBe(`0; url=${there}`);
    expect(setCookies(answer).join()).toContain('__Host-bff=;');
    expect((await browser.call('get', '/auth/session')).status).toBe(401);
  });

  test.each([
    {},
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: '' },
    { 'Sec-Fetch-Site': 'same-origin' },
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' },
    { 'Sec-Fetch-Site': 'cross-site', 'X-CSRF': '1' },
  ] as Record<string, string>[])(
    'the logout form of a page with %j is rejected, and the session stays',
    async (headers) => {
      await browser.login();
      const answer = await request(rig.service.url)
        .post('/auth/logout-page')
        .set({ Cookie: browser.cookie, ...headers });
      expect([answer.status, answer.body.type]).toEqual([403, '/problems/csrf']);
      expect(answer.headers['set-cookie']).toBeUndefined();
      const own = await post({ Origin: rig.service.url, 'Sec-Fetch-Site': 'cross-site' });
      expectPage(own, 403);
      expect((await browser.call('get', '/auth/session')).status).toBe(200);
    },
  );
});
