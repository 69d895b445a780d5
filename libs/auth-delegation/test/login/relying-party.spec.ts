import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore, Problem } from '@bff/service-kit';
import {
  ProviderUnavailable,
  type LoginInFlight,
  type LoginOutcome,
  type RelyingParty,
} from '../../src/index.ts';
import { tryAttacks } from '../world/attack.ts';
import { sha256 } from '../world/client.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { forge, keyPair, publicJwk, signed, signerOf } from '../world/forge.ts';
import { hostileTokens, publicPartsOf, wrongClaims, type GoodToken } from '../world/hostile-tokens.ts';
import { callbackUri, partyOf } from '../world/relying-party.ts';
import { providerTokens, startIssuer, type TestIssuer } from '../world/test-issuer.ts';

let clock: StoppedClock;
let idp: TestIssuer;
let party: RelyingParty;

beforeEach(async () => {
  clock = stoppedClock();
  idp = await startIssuer('RS256');
  party = create();
});
afterEach(() => idp.close());

const create = (changes: object = {}): RelyingParty =>
  partyOf({
    issuer: idp.issuer,
    scope: 'openid profile',
    replayStore: createMemoryStore({ clock: clock.now }),
    now: clock.now,
    ...changes,
  });
const claims = (nonce: string) => ({
  iss: idp.issuer,
  sub: 'u1',
  aud: 'web-bff',
  nonce,
  iat: clock.seconds(),
  exp: clock.seconds() + 300,
  auth_time: clock.seconds() - 60,
  sid: 'sid-1',
  tid: ['t1', 't2'],
  roles: ['member'],
  name: 'One',
});
const callback = (parameters: Record<string, string>): URL =>
  new URL(`${callbackUri}?${new URLSearchParams(parameters)}`);
const answer = ({ state }: LoginInFlight, changes: Record<string, string> = {}) =>
  callback({ code: 'the-code', state, iss: idp.issuer, ...changes });
const begin = async (options = {}) => (await party.begin({ returnTo: '/things', ...options })).login;
/** Lets the provider answer with an ID token of these claims, and returns the outcome of the login. */
async function login(changes: object = {}, header: object = {}): Promise<LoginOutcome> {
  const inFlight = await begin();
  idp.idToken = () => signed(idp.key, header, { ...claims(inFlight.nonce), ...changes });
  return party.finish(answer(inFlight), inFlight);
}
const tokenCalls = () => idp.calls['/token'];

describe('begin', () => {
  test('begin redirects the browser to the provider with state, nonce and PKCE challenge, and returns the state of the login', async () => {
    const { url, login: inFlight } = await party.begin({
      returnTo: '/things',
      prompt: 'none',
      maxAge: 60,
      extra: { ui_locales: 'de', state: 'mine' },
    });

    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe(`${idp.issuer}/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'web-bff',
      response_type: 'code',
      redirect_uri: callbackUri,
      scope: 'openid profile',
      state: inFlight.state,
      nonce: inFlight.nonce,
      code_challenge: sha256(inFlight.codeVerifier),
      code_challenge_method: 'S256',
      prompt: 'none',
      max_age: '60',
      ui_locales: 'de',
    });
    expect(inFlight).toMatchObject({ returnTo: '/things', maxAge: 60 });
  });

  test('W3 no two logins share a secret', async () => {
    const [one, other] = [await begin(), await begin()];
    for (const name of ['state', 'nonce', 'codeVerifier'] as const) {
      expect(one[name]).not.toBe(other[name]);
      expect(one[name].length).toBeGreaterThanOrEqual(43);
    }
  });

  test('W1 a login with a foreign return address is rejected before the provider is called', async () => {
    await expect(party.begin({ returnTo: '//evil.example' })).rejects.toBeInstanceOf(Problem);
    expect(idp.calls).toEqual({ '/.well-known/openid-configuration': 0, '/jwks': 0, '/token': 0 });
  });

  test('a provider that was down at start is called again, at most once a second', async () => {
    idp.down = true;
    await expect(party.begin()).rejects.toBeInstanceOf(ProviderUnavailable);
    await expect(party.begin()).rejects.toBeInstanceOf(ProviderUnavailable);
    expect(idp.calls['/.well-known/openid-configuration']).toBe(1);
    idp.down = false;
    clock.advance(1);
    await expect(party.begin()).resolves.toBeDefined();
  });

  test('a redirect URI with a query is rejected at start', () => {
    expect(() => create({ redirectUri: `${callbackUri}?x=1` })).toThrow(TypeError);
  });
});

describe('finish', () => {
  test('a valid login returns the claims of the user and no token', async () => {
    const inFlight = await begin();
    let idToken = '';
    idp.idToken = () => (idToken = signed(idp.key, {}, claims(inFlight.nonce)));

    const outcome = await party.finish(answer(inFlight), inFlight);

    expect(outcome).toEqual({
      kind: 'logged-in',
      returnTo: '/things',
      login: {
        issuer: idp.issuer,
        subject: 'u1',
        tenants: ['t1', 't2'],
        roles: ['member'],
        permissions: [],
        name: 'One',
        sid: 'sid-1',
        authTime: clock.seconds() - 60,
        issuedAt: clock.seconds(),
      },
    });
    for (const token of [...providerTokens, idToken]) expect(JSON.stringify(outcome)).not.toContain(token);
    expect(Object.fromEntries(idp.lastTokenRequest!)).toEqual({
      grant_type: 'authorization_code',
      code: 'the-code',
      code_verifier: inFlight.codeVerifier,
      redirect_uri: callbackUri,
    });
  });

  test.each([
    ['a foreign state', { state: 'foreign' }],
    ['an empty state', { state: '' }],
    ['another issuer (RFC 9207)', { iss: 'https://evil.example' }],
    ['an empty issuer', { iss: '' }],
    ['no code', { code: '' }],
    ['an ID token of its own', { id_token: 'x' }],
    ['a JARM response', { response: 'x' }],
  ])('W2 a callback with %s is rejected without a call to the token endpoint', async (_title, changes) => {
    const inFlight = await begin();
    await expect(
      party.finish(answer(inFlight, changes as Record<string, string>), inFlight),
    ).resolves.toMatchObject({ kind: 'refused' });
    expect(tokenCalls()).toBe(0);
  });

  test.each(['state', 'iss', 'code'])(
    'W2 a callback in which %s is missing or repeated is rejected without a call to the token endpoint',
    async (name) => {
      const inFlight = await begin();
      const [missing, twice] = [answer(inFlight), answer(inFlight)];
      missing.searchParams.delete(name);
      twice.searchParams.append(name, twice.searchParams.get(name)!);
      for (const url of [missing, twice])
        await expect(party.finish(url, inFlight)).resolves.toMatchObject({ kind: 'refused' });
      expect(tokenCalls()).toBe(0);
    },
  );

  test('W3 two logins in progress finish in either order', async () => {
    const [one, other] = [await begin(), await begin({ returnTo: '/page' })];
    for (const inFlight of [other, one]) {
      idp.idToken = () => signed(idp.key, {}, claims(inFlight.nonce));
      await expect(party.finish(answer(inFlight), inFlight)).resolves.toMatchObject({
        kind: 'logged-in',
        returnTo: inFlight.returnTo,
      });
    }
  });

  test.each([
    ['login_required', true],
    ['interaction_required', false],
    ['consent_required', false],
    ['account_selection_required', false],
  ])(
    'W5 F36 a callback with the error %s has the outcome not-logged-in with the return address, and isEnded is %s',
    async (error, isEnded) => {
      const inFlight = await begin({ prompt: 'none' });
      const url = callback({ error, state: inFlight.state, iss: idp.issuer });
      await expect(party.finish(url, inFlight)).resolves.toEqual({
        kind: 'not-logged-in',
        returnTo: '/things',
        error,
        isEnded,
      });
    },
  );

  test.each([
    ['access_denied', { kind: 'denied', error: 'access_denied' }],
    ['invalid_scope', { kind: 'denied', error: 'invalid_scope' }],
    ['<script>', { kind: 'denied', error: 'other' }],
    ['temporarily_unavailable', { kind: 'provider-unavailable' }],
    ['server_error', { kind: 'provider-unavailable' }],
  ])('a callback with the error %s has the outcome that belongs to the error', async (error, outcome) => {
    const inFlight = await begin();
    const url = callback({ error, state: inFlight.state, iss: idp.issuer });
    await expect(party.finish(url, inFlight)).resolves.toEqual(outcome);
  });

  test('W2 the error of a callback is ignored when the state is not that of this browser', async () => {
    const inFlight = await begin();
    const url = callback({ error: 'login_required', state: 'foreign', iss: idp.issuer });
    await expect(party.finish(url, inFlight)).resolves.toMatchObject({ kind: 'refused' });
  });

  test.each([
    [
      'rejects the login when the token endpoint answers invalid_grant',
      { status: 400, body: { error: 'invalid_grant' } },
      { kind: 'refused', reason: 'token-endpoint' },
    ],
    [
      'reports an unavailable provider when the token endpoint answers 500',
      { status: 500, body: { error: 'server_error' } },
      { kind: 'provider-unavailable' },
    ],
    [
      'reports an unavailable provider when the token endpoint answers 503 without an error code',
      { status: 503, body: {} },
      { kind: 'provider-unavailable' },
    ],
    [
      'rejects a token response without an ID token',
      { status: 200, body: { access_token: 'a', token_type: 'Bearer' } },
      { kind: 'refused' },
    ],
    [
      'rejects a token response whose ID token is not a JWT',
      { status: 200, body: { access_token: 'a', token_type: 'Bearer', id_token: 'x' } },
      { kind: 'refused' },
    ],
    [
      'rejects a token response whose ID token is a number',
      { status: 200, body: { access_token: 'a', token_type: 'Bearer', id_token: 1 } },
      { kind: 'refused' },
    ],
    ['rejects a token response that is not an object', { status: 200, body: [] }, { kind: 'refused' }],
  ])('finish %s', async (_title, tokenAnswer, outcome) => {
    const inFlight = await begin();
    idp.tokenAnswer = tokenAnswer;
    await expect(party.finish(answer(inFlight), inFlight)).resolves.toMatchObject(outcome);
  });

  test('a provider that fails during the login is reported as unavailable, not as an error', async () => {
    const inFlight = await begin();
    await idp.close();
    await expect(party.finish(answer(inFlight), inFlight)).resolves.toEqual({ kind: 'provider-unavailable' });
    idp = await startIssuer();
  });

  test.each(['basic', 'post'] as const)(
    'the client authenticates at the token endpoint by client_secret_%s',
    async (clientAuthentication) => {
      party = create({ clientAuthentication });
      await expect(login()).resolves.toMatchObject({ kind: 'logged-in' });
      expect(idp.lastTokenRequest!.get('client_secret')).toBe(
        clientAuthentication === 'post' ? 'the-secret' : null,
      );
    },
  );
});

describe('the ID token', () => {
  test('W4 no hostile ID token leads to a login, and all of them together cause three fetches of the keys', async () => {
    const now = clock.seconds();
    const inFlight = await begin();
    const good: GoodToken = {
      header: { alg: 'RS256', kid: idp.key.kid },
      payload: claims(inFlight.nonce),
      signer: signerOf(idp.key),
      publicParts: [...publicPartsOf(idp.key), 'the-secret'],
    };
    const vectors = [
      ...hostileTokens(good),
      ...wrongClaims(good, {
        iss: [undefined, '', `${idp.issuer}/`, 'https://evil.example', [idp.issuer], null, 1],
        aud: [undefined, '', 'mobile-bff', ['mobile-bff'], ['web-bff', 'mobile-bff'], [], null, 1],
        azp: ['mobile-bff', 1, ['web-bff']],
        nonce: [undefined, '', 'foreign', null, 1, [inFlight.nonce]],
        sub: [undefined, '', null, 1, ['u1'], 'x'.repeat(256)],
        iat: [undefined, null, `${now}`, now + 31, now - 331, now - 7 * 86_400, 0, -1],
        exp: [undefined, null, `${now + 300}`, now - 30, now - 86_400, 0, -1],
        nbf: [now + 31],
        auth_time: [null, 'now', -1.5],
        sid: [1],
        tid: [1, [''], [1], {}],
        roles: [1, [1], {}],
      }),
      ...['at+jwt', 'logout+jwt', 'dpop+jwt', 'application/at+jwt', '', 1, null].map((typ) => ({
        title: `typ ${String(typ)}`,
        token: forge({ ...good.header, typ }, good.payload, good.signer),
      })),
      {
        title: 'everything a week ago',
        token: signed(idp.key, {}, { ...good.payload, iat: now - 604_800, exp: now - 604_500 }),
      },
      {
        title: 'issued a week ago, good for a month',
        token: signed(idp.key, {}, { ...good.payload, iat: now - 604_800, exp: now + 2_000_000 }),
      },
    ];
    const reasons = new Set<string>();
    const finish = async (token: string) => {
      idp.idToken = () => token;
      const outcome = await party.finish(answer(inFlight), inFlight);
      if (outcome.kind !== 'refused') return outcome;
      reasons.add(outcome.reason);
      throw new Error('refused');
    };

    const { tried, ...siege } = await tryAttacks(
      vectors,
      finish,
      (error) => (error as Error).message === 'refused',
    );

    expect(siege).toEqual({ through: [], crashed: [] });
    expect(tried).toBeGreaterThan(1000);
    expect(tokenCalls()).toBe(tried);
    expect(idp.calls['/jwks']).toBe(3);
    expect([...reasons]).toEqual(
      expect.arrayContaining(['signature', 'unknown-key', 'lifetime', 'type', 'audience']),
    );
    await expect(finish(signed(idp.key, {}, good.payload))).resolves.toMatchObject({ kind: 'logged-in' });
  });

  test.each([
    ['29 s too old', () => ({ exp: clock.seconds() - 29, iat: clock.seconds() - 300 })],
    ['from a clock 30 s ahead', () => ({ iat: clock.seconds() + 30 })],
    ['with this client in a list of audiences and as azp', () => ({ aud: ['web-bff'], azp: 'web-bff' })],
    ['with one tenant as a string instead of a list', () => ({ tid: 't1' })],
    [
      'without a session id, name, or time of authentication',
      () => ({ sid: undefined, name: undefined, auth_time: undefined }),
    ],
  ])('W4 an ID token %s is accepted', async (_title, changes) => {
    await expect(login(changes())).resolves.toMatchObject({ kind: 'logged-in' });
  });

  test.each(['RS256', 'PS256', 'ES256'])(
    "W4 an ID token signed with %s is accepted when the provider's metadata lists the algorithm",
    async (alg) => {
      await idp.close();
      idp = await startIssuer(alg);
      party = create();
      await expect(login()).resolves.toMatchObject({ kind: 'logged-in' });
      idp.metadata = { id_token_signing_alg_values_supported: ['EdDSA'] };
      party = create();
      await expect(login()).resolves.toMatchObject({ kind: 'refused' });
    },
  );

  test('W4 ID tokens with the algorithms none and HS256 are rejected, even if the provider offers them', async () => {
    idp.metadata = { id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256'] };
    const inFlight = await begin();
    for (const token of [forge({ alg: 'none' }, claims(inFlight.nonce), () => Buffer.alloc(0))]) {
      idp.idToken = () => token;
      await expect(party.finish(answer(inFlight), inFlight)).resolves.toMatchObject({ kind: 'refused' });
    }
  });

  test('F37 a key that was rotated just after the last fetch is found at once', async () => {
    await login();
    const next = keyPair('RS256', 'next');
    idp.keys = [publicJwk(next)];
    const inFlight = await begin();
    idp.idToken = () => signed(next, {}, { ...claims(inFlight.nonce) });
    await expect(party.finish(answer(inFlight), inFlight)).resolves.toMatchObject({ kind: 'logged-in' });
    expect(idp.calls['/jwks']).toBe(2);
  });

  test('F37 forged logout tokens with unknown kids do not prevent logins from finding a rotated key', async () => {
    await login();
    for (let index = 0; index < 5; index += 1) {
      const forged = signed(
        { ...keyPair('RS256', 'forger'), kid: `random-${index}` },
        { typ: 'logout+jwt' },
        {},
      );
      await expect(party.verifyLogoutToken(forged)).rejects.toMatchObject({ code: 'unknown-key' });
    }
    const fetches = idp.calls['/jwks'];
    const next = keyPair('RS256', 'next');
    idp.keys = [publicJwk(next)];
    const inFlight = await begin();
    idp.idToken = () => signed(next, {}, { ...claims(inFlight.nonce) });
    await expect(party.finish(answer(inFlight), inFlight)).resolves.toMatchObject({ kind: 'logged-in' });
    expect(idp.calls['/jwks']).toBe(fetches + 1);
  });

  test('W4 unknown kids cause three JWKS fetches in a row and then one per cool-down, and a new key is found after the cool-down', async () => {
    await login();
    const next = keyPair('RS256', 'next');
    const inFlight = await begin();
    const finishWith = (key: typeof next) => {
      idp.idToken = () => signed(key, {}, { ...claims(inFlight.nonce) });
      return party.finish(answer(inFlight), inFlight);
    };
    for (let index = 0; index < 5; index += 1)
      await expect(finishWith({ ...next, kid: `random-${index}` })).resolves.toMatchObject({
        reason: 'unknown-key',
      });
    expect(idp.calls['/jwks']).toBe(3);
    idp.keys = [publicJwk(next)];
    clock.advance(30);
    await expect(finishWith(next)).resolves.toMatchObject({ kind: 'logged-in' });
    expect(idp.calls['/jwks']).toBe(4);
  });

  test('W4 an ID token whose authentication is older than requested is rejected', async () => {
    for (const [authTime, kind] of [
      [-60, 'logged-in'],
      [-90, 'logged-in'],
      [-91, 'refused'],
      [undefined, 'refused'],
    ] as const) {
      const inFlight = await begin({ maxAge: 60 });
      idp.idToken = () =>
        signed(idp.key, {}, { ...claims(inFlight.nonce), auth_time: authTime && clock.seconds() + authTime });
      await expect(party.finish(answer(inFlight), inFlight)).resolves.toMatchObject({ kind });
    }
  });

  test('the tenants and roles of a login are read from the claims that claimNames configures', async () => {
    party = create({ claimNames: { tenants: 'custom:tenant', roles: 'cognito:groups' } });
    const outcome = await login({ 'custom:tenant': 't2', 'cognito:groups': ['a'] });
    expect(outcome).toMatchObject({ login: { tenants: ['t2'], roles: ['a'] } });
  });
});

describe('endSessionUrl', () => {
  const postLogoutRedirectUri = 'https://app.example/';

  test('W9 endSessionUrl leads to the provider and back, without an ID token', async () => {
    const url = new URL((await party.endSessionUrl({ postLogoutRedirectUri }))!);
    expect(url.origin + url.pathname).toBe(`${idp.issuer}/logout`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'web-bff',
      post_logout_redirect_uri: postLogoutRedirectUri,
    });
  });

  test('W9 endSessionUrl is undefined when the provider has no logout page or is down', async () => {
    idp.metadata = { end_session_endpoint: undefined };
    await expect(party.endSessionUrl({ postLogoutRedirectUri })).resolves.toBeUndefined();
    idp.down = true;
    await expect(create().endSessionUrl({ postLogoutRedirectUri })).resolves.toBeUndefined();
  });
});
