import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  createBrowser,
  loginThroughForm,
  logoutThroughForm,
  type Browser,
  type DevIdp,
} from '../src/index.ts';
import { authorizationRequest, phone, redeem, verified, site, type RelyingParty } from './relying-party.ts';
import { startIdp } from './start-idp.ts';

interface Delivery {
  readonly path: string | undefined;
  readonly contentType: string | undefined;
  readonly body: URLSearchParams;
}

let idp: DevIdp;
let bff: Server;
let deliveries: Delivery[] = [];
let answerStatus = 200;
const reports: string[] = [];

beforeAll(async () => {
  // oidc-provider looks for undici's dispatcher on the global object, which Jest's sandbox hides; its warning
  // can be ignored.
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  bff = createServer((request, response) => {
    void text(request).then((body) => {
      const { url: path, headers } = request;
      deliveries.push({ path, contentType: headers['content-type'], body: new URLSearchParams(body) });
      response.writeHead(answerStatus).end();
    });
  }).listen(0, '127.0.0.1');
  await once(bff, 'listening');
  const address = `http://127.0.0.1:${(bff.address() as AddressInfo).port}`;
  idp = await startIdp({
    clients: [
      { client_id: 'site', backchannel_logout_uri: `${address}/web` },
      { client_id: 'phone', backchannel_logout_uri: `${address}/mobile` },
    ],
    report: (line) => reports.push(line),
  });
});
beforeEach(() => {
  deliveries = [];
  answerStatus = 200;
});
afterAll(async () => {
  bff.close();
  await idp.close();
});

async function login(browser: Browser, party: RelyingParty, username = 'alice') {
  const request = authorizationRequest(idp, party);
  const callback = await loginThroughForm({
    authorizationUrl: request.url,
    username,
    password: 'demo',
    browser,
  });
  const { body } = await redeem(idp, party, callback, request);
  return (await verified(idp, body.id_token)).claims;
}

const endSession = (parameters: Readonly<Record<string, string>>): string =>
  `${idp.issuer}/session/end?${new URLSearchParams(parameters)}`;
const fromWeb = { client_id: 'site', post_logout_redirect_uri: 'http://localhost:3001/', state: 's1' };

describe('a logout by a client', () => {
  test('a logout by a client notifies every client of the session, ends the session, and redirects the browser', async () => {
    const browser = createBrowser();
    const sessions = { web: await login(browser, site), mobile: await login(browser, phone) };

    const back = await logoutThroughForm({ endSessionUrl: endSession(fromWeb), browser });
    expect(back).toBe('http://localhost:3001/?state=s1');

    expect(deliveries.map(({ path }) => path).sort()).toEqual(['/mobile', '/web']);
    for (const { path, contentType, body } of deliveries) {
      const { aud, sid } = path === '/web' ? sessions.web : sessions.mobile;
      expect(contentType).toBe('application/x-www-form-urlencoded');
      const { header, claims } = await verified(idp, body.get('logout_token') ?? '');
      expect(header).toEqual({ alg: 'RS256', typ: 'logout+jwt', kid: expect.any(String) });
      expect(claims).toEqual({
        iss: idp.issuer,
        aud,
        sid,
        sub: 'alice',
        jti: expect.any(String),
        iat: expect.any(Number),
        exp: expect.any(Number),
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      });
    }

    const { leavesTo } = await browser.open(authorizationRequest(idp, site, { prompt: 'none' }).url);
    expect(leavesTo).toContain('error=login_required');
  });

  test('a logout by a client ends only the grant of that client when the user chooses "stay signed in"', async () => {
    const browser = createBrowser();
    await login(browser, site);
    await login(browser, phone);
    const page = await browser.submit(await browser.open(endSession(fromWeb)));
    expect(page.leavesTo).toBe('http://localhost:3001/?state=s1');
    expect(deliveries.map(({ path }) => path)).toEqual(['/web']);
    const { leavesTo } = await browser.open(authorizationRequest(idp, phone, { prompt: 'none' }).url);
    expect(leavesTo).toContain('code=');
  });

  test('a logout does not affect the sessions of other browsers', async () => {
    const [one, other] = [createBrowser(), createBrowser()];
    const ended = await login(one, site);
    const kept = await login(other, site);
    await logoutThroughForm({ endSessionUrl: endSession(fromWeb), browser: one });
    const sids = await Promise.all(
      deliveries.map(async ({ body }) => (await verified(idp, body.get('logout_token') ?? '')).claims['sid']),
    );
    expect(sids).toEqual([ended['sid']]);
    expect(kept['sid']).not.toBe(ended['sid']);
    const { leavesTo } = await other.open(authorizationRequest(idp, site, { prompt: 'none' }).url);
    expect(leavesTo).toContain('code=');
  });

  test('a logout without a session redirects the browser and notifies no client', async () => {
    const back = await logoutThroughForm({ endSessionUrl: endSession(fromWeb), browser: createBrowser() });
    expect(back).toBe('http://localhost:3001/?state=s1');
    expect(deliveries).toEqual([]);
  });

  test('a logout without a redirect address ends with a page of the provider', async () => {
    const browser = createBrowser();
    await login(browser, site);
    const question = await browser.open(endSession({}));
    expect(question.html).toContain('Sign out?');
    const page = await browser.submit(question, { logout: 'yes' });
    expect(page).toMatchObject({ status: 200, html: expect.stringContaining('Signed out') });
    expect(deliveries).toHaveLength(1);
  });

  test('a logout with an unregistered redirect address is rejected', async () => {
    const page = await createBrowser().open(
      endSession({ ...fromWeb, post_logout_redirect_uri: 'http://evil.example/' }),
    );
    expect(page.status).toBe(400);
    expect(page.leavesTo).toBeUndefined();
  });

  test('a logout continues when a client rejects the logout token, and the client is reported', async () => {
    const browser = createBrowser();
    await login(browser, site);
    answerStatus = 503;
    const back = await logoutThroughForm({ endSessionUrl: endSession(fromWeb), browser });
    expect(back).toBe('http://localhost:3001/?state=s1');
    expect(reports).toEqual([expect.stringMatching(/^back-channel logout at site: .*503/)]);
  });
});
