import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { loginToMobileBff } from '@bff/demo-world';
import { createBrowser, loginThroughForm, logoutThroughForm, type Browser } from '@bff/dev-idp';
import { startRig, type Rig } from '../rig.ts';
import { beginDevice, decideDevice, poll } from '../world/device.ts';
import { callApi, codeFor, parameters, post, redeem, toApp, type Changes } from '../world/native-app.ts';
import { startRecorder, type Recorder } from '../world/recorder.ts';

let rig: Rig;
/** Receives the provider's logout tokens when a test diverts them. */
let logoutRecorder: Recorder;
beforeAll(async () => {
  rig = await startRig();
  logoutRecorder = await startRecorder();
});
beforeEach(() => deliverTo(`${rig.url}/oauth/backchannel-logout`));
afterAll(async () => {
  await rig.close();
  await logoutRecorder.close();
});

const deliverTo = (uri: string, client = 'mobile-bff'): Promise<void> =>
  rig.world.idp.control.setClient(client, { backchannel_logout_uri: uri });
const logout = (browser: Browser): Promise<string> => {
  const query = parameters({ client_id: 'mobile-bff', post_logout_redirect_uri: 'http://localhost:3002/' });
  return logoutThroughForm({ endSessionUrl: `${rig.world.idp.issuer}/session/end?${query}`, browser });
};
const login = async (browser: Browser, username = 'alice'): Promise<string> =>
  (await loginToMobileBff({ url: rig.url, username, browser })).Authorization.slice('Bearer '.length);
const deliver = (changes: Changes) => post(`${rig.url}/oauth/backchannel-logout`, changes);

/** Returns a logout token that the provider issued for a client and that was not processed yet. */
async function intercepted(browser: Browser, client = 'mobile-bff'): Promise<string> {
  logoutRecorder.exchanges.length = 0;
  await deliverTo(logoutRecorder.url, client);
  await logout(browser);
  return new URLSearchParams(logoutRecorder.exchanges[0]!.body).get('logout_token')!;
}

describe('logout at the provider', () => {
  test('W11 a logout at the provider ends the tokens of that session, and of no other', async () => {
    const [ended, kept] = [createBrowser(), createBrowser()];
    const tokens = { first: await login(ended), second: await login(ended), kept: await login(kept) };
    await logout(ended);
    expect(await callApi(rig.url, tokens.first)).toBe(401);
    expect(await callApi(rig.url, tokens.second)).toBe(401);
    expect(await callApi(rig.url, tokens.kept)).toBe(200);
  });

  test('W11 a logout at the provider ends the token that a device got in that session', async () => {
    const browser = createBrowser();
    const { device_code: code, user_code: userCode } = await beginDevice(rig.url);
    await decideDevice(rig.url, userCode!, 'approve', { browser });
    const { body } = await poll(rig.url, code!);
    expect(await callApi(rig.url, body['access_token']!)).toBe(200);
    await logout(browser);
    expect(await callApi(rig.url, body['access_token']!)).toBe(401);
  });

  test('W11 an authorization code is rejected when its session was logged out before the code was redeemed', async () => {
    const browser = createBrowser();
    const code = (await toApp(rig.url, { browser })).searchParams.get('code')!;
    await logout(browser);
    const { body } = await redeem(rig.url, code);
    expect(await callApi(rig.url, body['access_token']!)).toBe(401);
  });

  test('W11 a login after the logout starts an independent session', async () => {
    const browser = createBrowser();
    await login(browser);
    await logout(browser);
    expect(await callApi(rig.url, await login(browser))).toBe(200);
  });
});

describe('logout tokens', () => {
  test('W11 a logout token is accepted once (200 and no-store), and rejected with 400 when it is repeated', async () => {
    const browser = createBrowser();
    const token = await login(browser);
    const logoutToken = await intercepted(browser);
    expect(await callApi(rig.url, token)).toBe(200);
    const first = await deliver({ logout_token: logoutToken });
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await callApi(rig.url, token)).toBe(401);
    const again = await deliver({ logout_token: logoutToken });
    expect([again.status, again.body['error'], again.headers.get('cache-control')]).toEqual([
      400,
      'invalid_request',
      'no-store',
    ]);
  });

  test('W11 answers 400 and ends no session for a logout token that is foreign, altered, unsigned or missing', async () => {
    const browser = createBrowser();
    const token = await login(browser);
    const good = await intercepted(browser);
    const other = createBrowser();
    const redirectUri = 'http://localhost:3999/callback';
    await rig.world.idp.control.setClient('neighbour', {
      client_secret: 's3cret',
      redirect_uris: [redirectUri],
    });
    const otherLogin = parameters({
      ...{ client_id: 'neighbour', response_type: 'code', scope: 'openid', state: 's', nonce: 'n' },
      ...{ redirect_uri: redirectUri, code_challenge_method: 'S256' },
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    });
    const authorizationUrl = `${rig.world.idp.issuer}/auth?${otherLogin}`;
    await loginThroughForm({ authorizationUrl, username: 'alice', password: 'demo', browser: other });
    const forOther = await intercepted(other, 'neighbour');
    const [header, payload, signature] = good.split('.') as [string, string, string];
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const { access_token: accessToken } = rig.world.idp.control.devToken({
      user: 'alice',
      audience: 'mobile-bff',
    });
    const hostile: Changes[] = [
      {},
      { logout_token: '' },
      { logout_token: 'x' },
      { logout_token: [good, good] },
      { logout_token: forOther },
      { logout_token: accessToken },
      { logout_token: `${encode({ alg: 'none', typ: 'logout+jwt' })}.${payload}.` },
      { logout_token: `${encode({ alg: 'HS256', typ: 'logout+jwt' })}.${payload}.${signature}` },
      { logout_token: `${header}.${encode({ ...claims, sub: 'bob' })}.${signature}` },
      { logout_token: `${header}.${payload}.${signature.slice(0, -8)}AAAAAAAA` },
      { logout_token: `${header}.${payload}.` },
    ];
    for (const form of hostile) {
      const { status, body } = await deliver(form);
      expect({ form, status, error: body['error'] }).toEqual({ form, status: 400, error: 'invalid_request' });
      expect(JSON.stringify(body)).not.toMatch(/eyJ|alice/);
    }
    const asJson = await fetch(`${rig.url}/oauth/backchannel-logout`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ logout_token: good }),
    });
    expect(asJson.status).toBe(400);
    expect(await callApi(rig.url, token)).toBe(200);
    expect((await deliver({ logout_token: good })).status).toBe(200);
  });
});

test('the logout of one login leaves a pending code of another login valid', async () => {
  const [mine, other] = [await codeFor(rig.url), createBrowser()];
  await login(other);
  await logout(other);
  const { body } = await redeem(rig.url, mine);
  expect(await callApi(rig.url, body['access_token']!)).toBe(200);
});
