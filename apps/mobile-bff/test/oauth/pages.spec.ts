import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser } from '@bff/dev-idp';
import { startRig, type Rig } from '../rig.ts';
import { authorizeUrl, beginLogin, post, signIn, toApp, type Changes } from '../world/native-app.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.world.idp.control.clearFaults());
afterAll(() => rig.close());

async function open(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { redirect: 'manual', headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('F29 errors that cannot be redirected to the app', () => {
  const hostile: readonly Changes[] = [
    { client_id: '<script>alert(1)</script>' },
    { redirect_uri: 'https://evil.example/"><script>' },
    { client_id: undefined, redirect_uri: 'https://evil.example/' },
  ];
  test.each(hostile)(
    "an authorization request with %j gets a page in the browser's language, without a redirect and without the input",
    async (changes) => {
      const { status, headers, text } = await open(authorizeUrl(rig.url, changes), {
        'Accept-Language': 'de-DE,de;q=0.9',
      });
      expect([status, headers.get('location'), headers.getSetCookie()]).toEqual([400, null, []]);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*form-action 'none'$/);
      expect([headers.get('vary'), headers.get('cache-control')]).toEqual([
        expect.stringContaining('Accept-Language'),
        'no-store',
      ]);
      expect(text).toContain('<html lang="de">');
      expect(text).toContain('<h1>Diese App kann Sie nicht anmelden</h1>');
      expect(text).not.toMatch(/evil|<script/);
    },
  );

  test('a bookmarked callback shows a page that says where to start again', async () => {
    const { status, headers, text } = await open(`${rig.url}/oauth/callback?code=c&state=<b>`, {
      'Accept-Language': 'ar',
    });
    expect([status, headers.get('location')]).toEqual([400, null]);
    expect(text).toContain('<html lang="ar" dir="rtl">');
    expect(text).not.toContain('<b>');
  });
});

describe('F29 F67 device login that cannot continue', () => {
  /** Starts a login for the code of a device and returns the address at the provider. */
  async function atProvider() {
    const { body } = await post(`${rig.url}/oauth/device_authorization`, { client_id: 'demo-tv' });
    const browser = createBrowser();
    const form = await browser.open(`${rig.url}/oauth/device`);
    const { leavesTo } = await browser.submit(form, { user_code: body['user_code']! });
    return { browser, leavesTo: leavesTo!, userCode: body['user_code']! };
  }

  test('after the user refused a device login, the page offers the same user code again, with the same or another account', async () => {
    const { browser, leavesTo, userCode } = await atProvider();
    const state = new URL(leavesTo).searchParams.get('state')!;
    const query = new URLSearchParams({ error: 'access_denied', state, iss: rig.world.idp.issuer });
    const page = await browser.open(`${rig.url}/oauth/callback?${query}`);
    expect(page.status).toBe(403);
    expect(page.html).toContain(`<input type="hidden" name="user_code" value="${userCode}"`);
    const again = await browser.submit(page, {});
    expect(new URL(again.leavesTo!).searchParams.has('prompt')).toBe(false);
    const other = await browser.submit(page, { prompt: 'select_account' });
    expect(new URL(other.leavesTo!).searchParams.get('prompt')).toBe('select_account');
    expect(
      new URL((await browser.submit(page, { prompt: 'none' })).leavesTo!).searchParams.has('prompt'),
    ).toBe(false);
  });

  test('when the provider is down during a device login, the page has status 503 and offers the same user code again', async () => {
    const { browser, leavesTo } = await atProvider();
    const callback = await signIn(leavesTo, browser);
    rig.world.idp.control.setFault({ endpoint: 'token', kind: 'error' });
    const page = await browser.open(callback);
    expect(page.status).toBe(503);
    expect(page.html).toContain('name="prompt" value="select_account"');
  });
});

test('F67 prompt=select_account of an app shows the login form to a signed-in user', async () => {
  const browser = createBrowser();
  await toApp(rig.url, { browser });
  const again = await browser.open(await beginLogin(rig.url, browser, { prompt: 'select_account' }));
  expect(again.html).toContain('name="password"');
});
