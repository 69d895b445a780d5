import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { deviceCodeGrant } from '@bff/auth-delegation';
import { createBrowser } from '@bff/dev-idp';
import { startRig, type Rig } from '../rig.ts';
import { beginDevice, decideDevice, openDevice, poll } from '../world/device.ts';
import { callApi, signIn } from '../world/native-app.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => {
  rig.clock.aheadMs = 0;
  rig.world.idp.control.clearFaults();
});
afterAll(() => rig.close());

const after = (seconds: number): void => void (rig.clock.aheadMs += seconds * 1000);
const errorOf = async (code: string): Promise<string | undefined> =>
  (await poll(rig.url, code)).body['error'];

describe('device', () => {
  test('M4 the device receives the codes and the URL to show', async () => {
    const device = await beginDevice(rig.url);
    expect(device).toEqual({
      device_code: expect.stringMatching(/^[\w-]{43}$/),
      user_code: expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/),
      verification_uri: `${rig.url}/oauth/device`,
      verification_uri_complete: `${rig.url}/oauth/device?user_code=${device['user_code']}`,
      expires_in: 600,
      interval: 5,
    });
  });

  test('M4 the device polls until the user approves, and receives a token exactly once', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    expect(await errorOf(code!)).toBe('authorization_pending');
    after(5);
    expect(await errorOf(code!)).toBe('authorization_pending');

    const page = await decideDevice(rig.url, userCode!, 'approve');
    expect([page.status, page.html]).toEqual([200, expect.stringContaining('The device is connected')]);

    const { status, body } = await poll(rig.url, code!);
    expect([status, body['token_type']]).toEqual([200, 'Bearer']);
    expect(await callApi(rig.url, body['access_token']!)).toBe(200);
    expect(await errorOf(code!)).toBe('invalid_grant');
  });

  test('M4 a device that polls too fast must wait five seconds longer each time', async () => {
    const { device_code: code } = await beginDevice(rig.url);
    expect(await errorOf(code!)).toBe('authorization_pending');
    after(4);
    expect(await errorOf(code!)).toBe('slow_down'); // interval is now 10 s
    after(9);
    expect(await errorOf(code!)).toBe('slow_down'); // 15 s
    after(14);
    expect(await errorOf(code!)).toBe('slow_down'); // 20 s
    after(20);
    expect(await errorOf(code!)).toBe('authorization_pending');
  });

  test('M4 a device gets expired_token after the lifetime of its code, and approving the code fails', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    const browser = createBrowser();
    const page = await openDevice(rig.url, userCode!, { browser });
    expect(page.html).toContain('Connect Demo TV?');
    after(600);
    expect(await errorOf(code!)).toBe('expired_token');
    const late = await browser.submit(page, { decision: 'approve' });
    expect([late.status, late.html]).toEqual([400, expect.stringContaining('This code is not valid')]);
    expect(await errorOf(code!)).toBe('expired_token');
  });

  test('M4 the device gets access_denied when the user refuses', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    const page = await decideDevice(rig.url, userCode!, 'deny');
    expect(page.html).toContain('The device was not connected');
    expect(await errorOf(code!)).toBe('access_denied');
  });

  test('M4 a stolen device code is useless to another client, because it is bound to its client', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    await decideDevice(rig.url, userCode!, 'approve');
    const asApp = await poll(rig.url, code!, { client_id: 'demo-app' });
    expect(asApp.body['error']).toBe('unauthorized_client');
    expect((await poll(rig.url, 'A'.repeat(43))).body['error']).toBe('invalid_grant');
    expect((await poll(rig.url, code!)).status).toBe(200);
  });

  test('M4 rejects a client that is not registered for the device grant', async () => {
    expect(await beginDevice(rig.url, 'demo-app')).toMatchObject({ error: 'unauthorized_client' });
    expect(await beginDevice(rig.url, 'stranger')).toMatchObject({ error: 'invalid_client' });
  });
});

describe('verification page', () => {
  test('the verification page of a device allows no scripts and no framing, and sends the confirmation only to this origin', async () => {
    const { user_code: userCode } = await beginDevice(rig.url);
    const codePage = await fetch(`${rig.url}/oauth/device?user_code=${userCode}`);
    const policy = codePage.headers.get('content-security-policy')!;
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(codePage.headers.get('cache-control')).toBe('no-store');
    expect(await codePage.text()).toContain(`value="${userCode}"`);
    const browser = createBrowser();
    const confirm = await openDevice(rig.url, userCode!, { browser });
    for (const { html } of [confirm, { html: await (await fetch(`${rig.url}/oauth/device`)).text() }]) {
      expect(html).not.toMatch(/<script|\son\w+=|\sstyle=|javascript:/i);
      const style = /<style>(.*?)<\/style>/s.exec(html)![1]!;
      const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64');
      expect(policy).toContain(`'sha256-${hash}'`);
    }
  });

  test('the verification page names the client and the user code, whatever spelling the user entered', async () => {
    const { user_code: userCode } = await beginDevice(rig.url);
    const typed = ` ${userCode!.toLowerCase().replace('-', ' ')} `;
    const { html } = await openDevice(rig.url, typed);
    expect(html).toContain('Connect Demo TV?');
    expect(html).toContain(`<p class="code" dir="ltr">${userCode}</p>`);
  });

  test('the verification page escapes all input', async () => {
    for (const typed of ['"><script>alert(1)</script>', "' onfocus=alert(1) '", '&quot;><img src=x>']) {
      const response = await fetch(`${rig.url}/oauth/device?${new URLSearchParams({ user_code: typed })}`);
      expect(await response.text()).not.toMatch(/alert\(1\)<|onfocus=|<img|<script/);
      expect(response.status).toBe(200);
    }
  });

  test('the verification page shows markup in a client name as text', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clients-'));
    const file = join(folder, 'clients.json');
    const tv = { client_id: 'demo-tv', client_name: `<b onclick='x()'>"TV" & Co</b>` };
    writeFileSync(file, JSON.stringify({ clients: [{ ...tv, grant_types: [deviceCodeGrant] }] }));
    const other = await startRig({ OAUTH_CLIENTS_FILE: file });
    const { user_code: userCode } = await beginDevice(other.url);
    const { html } = await openDevice(other.url, userCode!);
    expect(html).toContain(
      '<h1>Connect &lt;b onclick=&#39;x()&#39;&gt;&quot;TV&quot; &amp; Co&lt;/b&gt;?</h1>',
    );
    await other.close();
    rmSync(folder, { recursive: true });
  });

  test('the verification page requires a login before it checks a user code, and limits wrong codes per user', async () => {
    const { user_code: userCode } = await beginDevice(rig.url);
    const browser = createBrowser();
    const seen: number[] = [];
    const asBob = { browser, username: 'bob' };
    for (let guess = 0; guess < 11; guess += 1)
      seen.push((await openDevice(rig.url, 'BBBB-BBBB', asBob)).status);
    expect(seen).toEqual([...Array(10).fill(400), 429]);
    expect((await openDevice(rig.url, userCode!, asBob)).status).toBe(429);
    expect((await openDevice(rig.url, userCode!, { username: 'gina' })).status).toBe(200);
  });

  test('the verification page rejects input that cannot be a user code, without a redirect to the provider', async () => {
    const before = rig.world.idp.control.calls();
    for (const typed of ['', '----', 'B'.repeat(33)]) {
      const browser = createBrowser();
      const page = await browser.submit(await browser.open(`${rig.url}/oauth/device`), { user_code: typed });
      expect([page.status, page.leavesTo]).toEqual([400, undefined]);
    }
    expect(rig.world.idp.control.calls()).toEqual(before);
  });

  test('a user whom the provider rejects cannot approve a device', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    const browser = createBrowser();
    const form = await browser.open(`${rig.url}/oauth/device`);
    const atProvider = await browser.submit(form, { user_code: userCode! });
    const state = new URL(atProvider.leavesTo!).searchParams.get('state')!;
    const query = new URLSearchParams({ error: 'access_denied', state, iss: rig.world.idp.issuer });
    expect((await browser.open(`${rig.url}/oauth/callback?${query}`)).status).toBe(403);
    expect(await errorOf(code!)).toBe('authorization_pending');
  });

  test('the verification page returns 503 when the provider fails between login and confirmation, and the same user code works afterwards', async () => {
    const { user_code: userCode } = await beginDevice(rig.url);
    rig.world.idp.control.setFault({ endpoint: 'token', kind: 'error' });
    expect((await openDevice(rig.url, userCode!)).status).toBe(503);
    rig.world.idp.control.clearFaults();
    expect((await openDevice(rig.url, userCode!)).status).toBe(200);
  });
});

describe('confirmation', () => {
  const confirmationOf = (html: string): string =>
    /name="confirmation"\s+value="([\w-]{43})"/.exec(html)![1]!;

  /** Sends the decision as a cross-site form would, or a client without the cookies. */
  async function send(form: Record<string, string>, cookie = ''): Promise<number> {
    const response = await fetch(`${rig.url}/oauth/device`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { Cookie: cookie },
      redirect: 'manual',
    });
    await response.body?.cancel();
    return response.status;
  }

  test('W8 the confirmation of a device requires the secret of the form and the secret of the browser', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    const browser = createBrowser();
    const confirmation = confirmationOf((await openDevice(rig.url, userCode!, { browser })).html);
    const otherBrowser = `__Host-mobile-device=${'A'.repeat(43)}`;
    const form = { user_code: userCode!, confirmation, decision: 'approve' };
    expect(await send(form)).toBe(400);
    expect(await send(form, otherBrowser)).toBe(400);
    expect(await send({ ...form, decision: 'deny' }, otherBrowser)).toBe(400);
    expect(await send({ ...form, confirmation: 'A'.repeat(43) }, otherBrowser)).toBe(400);
    expect(await send({ ...form, confirmation: '' }, otherBrowser)).toBe(400);
    expect(await errorOf(code!)).toBe('authorization_pending');
  });

  test('W8 the confirmation cookie is __Host-, Secure, HttpOnly and Lax', async () => {
    const { user_code: userCode } = await beginDevice(rig.url);
    const browser = createBrowser();
    const form = await browser.open(`${rig.url}/oauth/device`);
    const begun = await fetch(`${rig.url}/oauth/device`, {
      method: 'POST',
      body: new URLSearchParams({ user_code: userCode! }),
      redirect: 'manual',
    });
    expect([form.status, begun.status]).toEqual([200, 303]);
    const [login] = begun.headers.getSetCookie();
    const callback = await signIn(begun.headers.get('location')!, browser);
    const arrived = await fetch(callback, { headers: { Cookie: login!.split(';', 1)[0]! } });
    const [gone, cookie] = arrived.headers.getSetCookie();
    expect(gone).toContain('Expires=Thu, 01 Jan 1970');
    expect(cookie).toMatch(
      /^__Host-mobile-device=[\w-]{43}; Max-Age=600; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(arrived.headers.get('content-security-policy')).toContain("form-action 'self'");
  });

  test('W8 the confirmation of a device is valid only for the device that the page named', async () => {
    const [named, other] = [await beginDevice(rig.url), await beginDevice(rig.url)];
    const browser = createBrowser();
    const page = await openDevice(rig.url, named['user_code']!, { browser });
    const swapped = await browser.submit(page, { user_code: other['user_code']!, decision: 'approve' });
    expect(swapped.status).toBe(400);
    for (const { device_code: code } of [named, other])
      expect(await errorOf(code!)).toBe('authorization_pending');
  });

  test('the confirmation page of a device can be submitted once', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    const browser = createBrowser();
    const page = await openDevice(rig.url, userCode!, { browser });
    expect((await browser.submit(page, { decision: 'deny' })).status).toBe(200);
    const again = await browser.submit(page, { decision: 'approve' });
    expect([again.status, again.html]).toEqual([400, expect.stringContaining('This page has expired')]);
    expect(await errorOf(code!)).toBe('access_denied');
  });

  test('the confirmation of a device without a valid decision is rejected and can be repeated', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    const browser = createBrowser();
    const page = await openDevice(rig.url, userCode!, { browser });
    expect((await browser.submit(page, { decision: 'maybe' })).status).toBe(400);
    expect(await errorOf(code!)).toBe('authorization_pending');
    expect((await browser.submit(page, { decision: 'approve' })).status).toBe(200);
  });

  test('W3 two devices confirmed in one browser each get their own decision, in either order', async () => {
    const devices = [await beginDevice(rig.url), await beginDevice(rig.url)];
    const browser = createBrowser();
    const pages = [];
    for (const { user_code: userCode } of devices)
      pages.push(await openDevice(rig.url, userCode!, { browser }));
    await browser.submit(pages[1]!, { decision: 'deny' });
    await browser.submit(pages[0]!, { decision: 'approve' });
    expect((await poll(rig.url, devices[0]!['device_code']!)).status).toBe(200);
    expect(await errorOf(devices[1]!['device_code']!)).toBe('access_denied');
  });

  test('the first decision is final when two users decide about one device', async () => {
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    const [alice, gina] = [createBrowser(), createBrowser()];
    const hers = await openDevice(rig.url, userCode!, { browser: alice });
    const other = await openDevice(rig.url, userCode!, { browser: gina, username: 'gina' });
    expect((await alice.submit(hers, { decision: 'approve' })).status).toBe(200);
    expect((await gina.submit(other, { decision: 'deny' })).status).toBe(400);
    expect((await poll(rig.url, code!)).status).toBe(200);
  });
});
