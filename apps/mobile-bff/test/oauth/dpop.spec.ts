import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser } from '@bff/dev-idp';
import * as client from 'openid-client';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import {
  callApi,
  codeFor,
  post,
  redeem,
  redirectUri,
  signIn,
  toApp,
  verifier,
  type Answer,
} from '../world/native-app.ts';
import { createProofKey, type ProofKey } from '../world/proof-key.ts';

const day = 86_400_000;
let rig: Rig;
beforeAll(async () => {
  rig = await startRig({
    REVALIDATION_SECONDS: '900',
    TOKEN_IDLE_SECONDS: String(30 * 86_400),
    TOKEN_ABSOLUTE_SECONDS: String(90 * 86_400),
    BOUND_TOKEN_IDLE_SECONDS: String(60 * 86_400),
    BOUND_TOKEN_ABSOLUTE_SECONDS: String(365 * 86_400),
    SESSION_CACHE_SECONDS: '0',
  });
});
afterAll(() => rig.close());

const now = () => Date.now() + rig.clock.aheadMs;
const after = (ms: number): void => {
  rig.clock.aheadMs += ms;
  rig.world.idp.control.setClock(rig.clock.aheadMs / 1000);
};
const tokenProof = (key: ProofKey) => ({ DPoP: key.proof('POST', `${rig.url}/oauth/token`, now()) });
const redeemWith = (key: ProofKey, code: string): Promise<Answer> =>
  post(
    `${rig.url}/oauth/token`,
    {
      grant_type: 'authorization_code',
      client_id: 'demo-app',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      code,
    },
    tokenProof(key),
  );
const logIn = async (key: ProofKey) => (await redeemWith(key, await codeFor(rig.url))).body;
const refresh = (token: string, headers: Record<string, string> = {}): Promise<Answer> =>
  post(
    `${rig.url}/oauth/token`,
    { grant_type: 'refresh_token', client_id: 'demo-app', refresh_token: token },
    headers,
  );

/** Calls a screen; returns the status and the error of the challenge. */
async function call(token: string, proof: string | undefined, scheme = 'DPoP') {
  const headers = { Authorization: `${scheme} ${token}`, ...(proof !== undefined && { DPoP: proof }) };
  const answer = await fetch(rig.url + anyScreen, { headers });
  await answer.body?.cancel();
  return [answer.status, /error="(\w+)"/.exec(answer.headers.get('www-authenticate') ?? '')?.[1]];
}
const callWith = (key: ProofKey, token: string) =>
  call(token, key.proof('GET', rig.url + anyScreen, now(), token));

describe('M2 token bound to a proof key', () => {
  test('a DPoP-bound token is accepted once per proof, and only with a proof of its key for this request and token', async () => {
    const key = createProofKey();
    const { access_token: token, token_type: type } = await logIn(key);
    expect(type).toBe('DPoP');
    const proof = key.proof('GET', rig.url + anyScreen, now(), token);
    expect(await call(token!, proof)).toEqual([200, undefined]);
    expect(await call(token!, proof)).toEqual([401, 'invalid_dpop_proof']);
    expect(await call(token!, undefined)).toEqual([401, 'invalid_dpop_proof']);
    expect(await callWith(createProofKey(), token!)).toEqual([401, 'invalid_dpop_proof']);
    expect(await call(token!, key.proof('POST', rig.url + anyScreen, now(), token))).toEqual([
      401,
      'invalid_dpop_proof',
    ]);
    expect(await call(token!, key.proof('GET', rig.url + anyScreen, now(), 'other'))).toEqual([
      401,
      'invalid_dpop_proof',
    ]);
    expect(await call(token!, undefined, 'Bearer')).toEqual([401, 'invalid_token']);
    expect(await callWith(key, token!)).toEqual([200, undefined]);
  });

  test('a DPoP-bound token is refreshed only with a proof of its key, and a refresh without that proof does not end the session', async () => {
    const key = createProofKey();
    const { refresh_token: token } = await logIn(key);
    after(900_000);
    expect((await refresh(token!)).body['error']).toBe('invalid_grant');
    expect((await refresh(token!, tokenProof(createProofKey()))).body['error']).toBe('invalid_grant');
    const malformed = await refresh(token!, { DPoP: 'a.b.c' });
    expect([malformed.status, malformed.body['error']]).toEqual([400, 'invalid_dpop_proof']);
    const { body } = await refresh(token!, tokenProof(key));
    expect(body['token_type']).toBe('DPoP');
    expect(await callWith(key, body['access_token']!)).toEqual([200, undefined]);
  });

  test('a DPoP-bound token can be refreshed for up to a year, and an unbound token for 90 days', async () => {
    const key = createProofKey();
    let bound = (await logIn(key))['refresh_token']!;
    let unbound: string | undefined = (await redeem(rig.url, await codeFor(rig.url))).body['refresh_token'];
    const lives: [number, boolean][] = [];
    for (let days = 20; days <= 360; days += 20) {
      after(20 * day);
      const answer = await refresh(bound, tokenProof(key));
      expect([days, answer.status]).toEqual([days, 200]);
      bound = answer.body['refresh_token']!;
      const other: Answer | undefined = unbound === undefined ? undefined : await refresh(unbound);
      unbound = other?.body['refresh_token'];
      lives.push([days, unbound !== undefined]);
    }
    expect(lives.filter(([, isAlive]) => isAlive).map(([days]) => days)).toEqual([20, 40, 60, 80]);
    after(10 * day);
    expect((await refresh(bound, tokenProof(key))).body['error']).toBe('invalid_grant');
  });
});

test('M2 an unbound token that is sent with a DPoP proof gets 401 invalid_token', async () => {
  const { access_token: token } = (await redeem(rig.url, await codeFor(rig.url))).body;
  expect(await callWith(createProofKey(), token!)).toEqual([401, 'invalid_token']);
  expect(await callApi(rig.url, token!)).toBe(200);
});

test('a code requested with dpop_jkt is redeemed only with that key, and an attempt with another key does not consume it', async () => {
  const key = createProofKey();
  const code = (await toApp(rig.url, { changes: { dpop_jkt: key.thumbprint } })).searchParams.get('code')!;
  expect((await redeem(rig.url, code)).body['error']).toBe('invalid_grant');
  expect((await redeemWith(createProofKey(), code)).body['error']).toBe('invalid_grant');
  expect((await redeemWith(key, code)).body['token_type']).toBe('DPoP');
});

test('an unmodified openid-client binds its tokens, calls the API and refreshes', async () => {
  const skew = rig.clock.aheadMs / 1000;
  const configuration = await client.discovery(
    new URL(rig.url),
    'demo-app',
    { [client.clockSkew]: skew },
    client.None(),
    { execute: [client.allowInsecureRequests] },
  );
  const DPoP = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair());
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    dpop_jkt: await DPoP.calculateThumbprint(),
  });
  const browser = createBrowser();
  const { leavesTo: provider } = await browser.open(url.href);
  const { leavesTo } = await browser.open(await signIn(provider!, browser));
  const tokens = await client.authorizationCodeGrant(
    configuration,
    new URL(leavesTo!),
    { pkceCodeVerifier },
    undefined,
    { DPoP },
  );
  expect(tokens.token_type).toBe('dpop');
  const refreshed = await client.refreshTokenGrant(configuration, tokens.refresh_token!, undefined, { DPoP });
  const answer = await client.fetchProtectedResource(
    configuration,
    refreshed.access_token,
    new URL(rig.url + anyScreen),
    'GET',
    undefined,
    undefined,
    { DPoP },
  );
  expect(answer.status).toBe(200);
});
