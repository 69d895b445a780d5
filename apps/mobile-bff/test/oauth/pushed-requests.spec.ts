import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBrowser } from '@bff/dev-idp';
import * as client from 'openid-client';
import { startRig, type Rig } from '../rig.ts';
import { callApi, challengeOf, post, redeem, redirectUri, signIn, verifier } from '../world/native-app.ts';
import { createProofKey } from '../world/proof-key.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ PASSED_PARAMETERS: 'login_hint' });
});
afterAll(() => rig.close());

const good = {
  client_id: 'demo-app',
  redirect_uri: redirectUri,
  response_type: 'code',
  code_challenge: challengeOf(verifier),
  code_challenge_method: 'S256',
  state: 'the-state',
};
const push = (changes: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  post(`${rig.url}/oauth/par`, { ...good, ...changes }, headers);
const authorizeUrl = (requestUri: string, clientId = 'demo-app') =>
  `${rig.url}/oauth/authorize?${new URLSearchParams({ client_id: clientId, request_uri: requestUri })}`;

test('an unmodified openid-client pushes its authorization request and logs in with the returned request_uri', async () => {
  const execute = [client.allowInsecureRequests];
  const server = await client.discovery(new URL(rig.url), 'demo-app', undefined, client.None(), { execute });
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const url = await client.buildAuthorizationUrlWithPAR(server, {
    redirect_uri: redirectUri,
    scope: 'offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
  });
  expect([...url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri']);
  const browser = createBrowser();
  const { leavesTo: provider } = await browser.open(url.href);
  const { leavesTo } = await browser.open(await signIn(provider!, browser));
  const tokens = await client.authorizationCodeGrant(server, new URL(leavesTo!), {
    pkceCodeVerifier,
    expectedState,
  });
  expect(await callApi(rig.url, tokens.access_token)).toBe(200);
});

test('a pushed request is answered with 201, and its parameters reach the provider', async () => {
  const { status, body, headers } = await push({ login_hint: 'alice@acme.example' });
  expect([status, headers.get('cache-control'), body['expires_in']]).toEqual([201, 'no-store', 90]);
  const { leavesTo } = await createBrowser().open(authorizeUrl(body['request_uri']!));
  expect(new URL(leavesTo!).searchParams.get('login_hint')).toBe('alice@acme.example');
});

test('when the pushed request had a DPoP proof, a token request without a proof of that key gets invalid_grant', async () => {
  const key = createProofKey();
  const proof = (path: string) => ({
    DPoP: key.proof('POST', rig.url + path, Date.now() + rig.clock.aheadMs),
  });
  const { body } = await push({}, proof('/oauth/par'));
  const browser = createBrowser();
  const { leavesTo: provider } = await browser.open(authorizeUrl(body['request_uri']!));
  const { leavesTo } = await browser.open(await signIn(provider!, browser));
  const code = new URL(leavesTo!).searchParams.get('code')!;
  expect(await redeem(rig.url, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test.each([
  ['a secret in the Authorization field', {}, { Authorization: 'Basic eDp5' }, 401, 'invalid_client'],
  ['an unknown client', { client_id: 'evil' }, {}, 401, 'invalid_client'],
  ['an unregistered redirect URI', { redirect_uri: 'https://evil.example/' }, {}, 400, 'invalid_request'],
  ['a request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, {}, 400, 'invalid_request'],
  ['a login hint that is too long', { login_hint: 'x'.repeat(3_000) }, {}, 400, 'invalid_request'],
  ['a malformed proof', {}, { DPoP: 'x.y.z' }, 400, 'invalid_dpop_proof'],
])('a pushed request with %s is rejected', async (_title, changes, headers, status, error) => {
  expect(await push(changes, headers)).toMatchObject({ status, body: { error } });
});

test('a request_uri that was issued to another client or was modified gets a page with 400 and no redirect', async () => {
  const { body } = await push();
  const uri = body['request_uri']!;
  const changed = uri.slice(0, -9) + (uri.at(-9) === 'A' ? 'B' : 'A') + uri.slice(-8);
  for (const url of [authorizeUrl(uri, 'demo-tv'), authorizeUrl(changed)]) {
    const { status, leavesTo } = await createBrowser().open(url);
    expect([status, leavesTo]).toEqual([400, undefined]);
  }
});
