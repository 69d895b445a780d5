import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser } from '@bff/dev-idp';
import * as client from 'openid-client';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import { decideDevice } from '../world/device.ts';
import { callApi, redirectUri, signIn } from '../world/native-app.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ DEVICE_INTERVAL_SECONDS: '1' });
});
afterAll(() => rig.close());

const discover = (clientId: string) =>
  client.discovery(new URL(rig.url), clientId, undefined, client.None(), {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests],
  });

describe('unmodified openid-client', () => {
  test('M5 an unmodified openid-client logs in by code and PKCE, calls the API, revokes its token, and is then rejected', async () => {
    const configuration = await discover('demo-app');
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      scope: 'openid',
    });
    const browser = createBrowser();
    const { leavesTo: provider } = await browser.open(url.href);
    const { leavesTo } = await browser.open(await signIn(provider!, browser));
    const callback = new URL(leavesTo!);
    const checks = { pkceCodeVerifier, expectedState };
    const { access_token: token } = await client.authorizationCodeGrant(configuration, callback, checks);

    const answer = await client.fetchProtectedResource(
      configuration,
      token,
      new URL(`${rig.url}${anyScreen}`),
      'GET',
    );
    expect(await answer.json()).toMatchObject({ _meta: { complete: true } });

    await client.tokenRevocation(configuration, token);
    expect(await callApi(rig.url, token)).toBe(401);
    await expect(client.authorizationCodeGrant(configuration, callback, checks)).rejects.toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
    await expect(
      client.fetchProtectedResource(configuration, token, new URL(`${rig.url}${anyScreen}`), 'GET'),
    ).rejects.toMatchObject({
      cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }],
    });
  });

  test('M4 an unmodified openid-client logs in by the device flow, calls the API, revokes its token, and is then rejected', async () => {
    const configuration = await discover('demo-tv');
    const device = await client.initiateDeviceAuthorization(configuration, {});
    const polling = client.pollDeviceAuthorizationGrant(configuration, device);
    await decideDevice(rig.url, device.user_code, 'approve', { username: 'gina' });
    const { access_token: token } = await polling;
    expect(await callApi(rig.url, token)).toBe(200);
    await client.tokenRevocation(configuration, token);
    expect(await callApi(rig.url, token)).toBe(401);
  });

  test('M4 an unmodified openid-client receives access_denied when the user refuses the device', async () => {
    const configuration = await discover('demo-tv');
    const device = await client.initiateDeviceAuthorization(configuration, {});
    await decideDevice(rig.url, device.user_code, 'deny');
    await expect(client.pollDeviceAuthorizationGrant(configuration, device)).rejects.toMatchObject({
      error: 'access_denied',
    });
  });

  test('an unmodified openid-client receives the error of a failed login', async () => {
    const configuration = await discover('demo-app');
    const url = client.buildAuthorizationUrl(configuration, { redirect_uri: redirectUri, state: 's' });
    const { leavesTo } = await createBrowser().open(url.href);
    await expect(
      client.authorizationCodeGrant(configuration, new URL(leavesTo!), { expectedState: 's' }),
    ).rejects.toMatchObject({ error: 'invalid_request' });
  });
});
