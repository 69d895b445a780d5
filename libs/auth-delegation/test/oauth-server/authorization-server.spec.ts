import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { StateUnavailable } from '@bff/service-kit';
import {
  createAuthorizationServer,
  createSeal,
  createSessionStore,
  deviceCodeGrant,
  OAuthError,
  type AuthorizationServer,
  type AuthorizeOutcome,
  type AuthorizeRequest,
  type OAuthClient,
  type SessionFacts,
  type SessionStore,
} from '../../src/index.ts';
import { sha256 } from '../world/client.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { t1 } from '../world/identities.ts';
import { watchedStore, type WatchedStore } from '../world/watched-store.ts';

const issuer = 'https://mobile.example';
const verifier = 'v'.repeat(43);
const appUri = 'com.example.app:/callback';
const loopbackUri = 'http://127.0.0.1/callback';
const clients: readonly OAuthClient[] = [
  {
    clientId: 'app',
    name: 'The app',
    redirectUris: [appUri, 'https://app.example/callback?keep=1', loopbackUri, 'http://[::1]/callback'],
    allowLoopback: true,
    grantTypes: ['authorization_code', deviceCodeGrant],
  },
  { clientId: 'strict', name: 'Strict', redirectUris: [loopbackUri], grantTypes: ['authorization_code'] },
  { clientId: 'tv', name: 'The television', redirectUris: [], grantTypes: [deviceCodeGrant] },
];

let clock: StoppedClock;
let store: WatchedStore;
let sessions: SessionStore;
let server: AuthorizationServer;

beforeEach(() => {
  clock = stoppedClock();
  store = watchedStore(clock.now);
  sessions = createSessionStore({
    store,
    kind: 'token',
    idleMs: 1_800_000,
    absoluteMs: 28_800_000,
    now: clock.now,
  });
  server = replica();
});

const seal = createSeal([randomBytes(32)], { now: () => clock.now() });
const replica = (): AuthorizationServer =>
  createAuthorizationServer({ issuer, store, sessions, clients, seal, now: clock.now });
const sessionFacts = (changes: Partial<SessionFacts> = {}): SessionFacts => ({
  home: t1,
  issuer: 'https://idp.example',
  subject: 'u1',
  tenants: ['t1'],
  roles: ['member'],
  permissions: [],
  authTime: clock.seconds(),
  issuedAt: clock.seconds(),
  ...changes,
});
const form = (values: Record<string, string | undefined>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
const error = (code: string) => expect.objectContaining({ name: 'OAuthError', error: code });

describe('authorize', () => {
  const good = {
    client_id: 'app',
    redirect_uri: appUri,
    response_type: 'code',
    code_challenge: sha256(verifier),
    code_challenge_method: 'S256',
    state: 'the state & more',
  };
  const validate = (changes: Record<string, string | undefined> = {}): AuthorizeOutcome =>
    server.validateAuthorize(form({ ...good, ...changes }));

  test('M5 a valid authorization request is accepted', () => {
    expect(validate()).toEqual({
      kind: 'valid',
      client: clients[0],
      request: {
        clientId: 'app',
        redirectUri: appUri,
        codeChallenge: sha256(verifier),
        state: 'the state & more',
      },
      parameters: form(good),
    });
  });

  test.each([
    ['no client', { client_id: undefined }],
    ['an unknown client', { client_id: 'evil' }],
    ['a client named like a property', { client_id: '__proto__' }],
    ['no redirect URI', { redirect_uri: undefined }],
    ['an empty redirect URI', { redirect_uri: '' }],
  ])(
    'M5 an authorization request with %s shows the error to the user and never redirects',
    (_title, changes) => {
      expect(validate(changes)).toMatchObject({ kind: 'show', error: { name: 'OAuthError' } });
    },
  );

  test('M5 an authorization request with a hostile redirect URI shows an error instead of redirecting', () => {
    const bases = [
      appUri,
      'https://app.example/callback?keep=1',
      'https://app.example/callback',
      loopbackUri,
      'http://[::1]/callback',
      'http://127.0.0.1:8080/callback',
    ];
    const mutations = (uri: string): string[] => [
      `${uri}/`,
      `${uri}x`,
      `${uri}?x=1`,
      `${uri}&x=1`,
      `${uri}#`,
      `${uri}#x`,
      `${uri}/..`,
      `${uri}/../evil`,
      `${uri}%00`,
      `${uri} `,
      ` ${uri}`,
      `${uri}\n`,
      `${uri}\\`,
      uri.toUpperCase(),
      uri.replace('callback', 'callback/../evil'),
      uri.replace('callback', 'Callback'),
      uri.replace('/callback', '//callback'),
      uri.replace('callback', 'evil'),
      uri.replace('callback', ''),
      uri.replace('://', '://user@'),
      uri.replace('://', '://user:pass@'),
      uri.replace('://', '://evil.example@'),
      uri.replace('://', ':///'),
      uri.replace('://', ':\\\\'),
      uri.replace(/^[a-z.]+:/, 'javascript:'),
      uri.replace(/^[a-z.]+:/, 'data:'),
      uri.replace(/^[a-z.]+:/, 'evil:'),
      uri.replace('https:', 'http:'),
      uri.replace('http:', 'https:'),
      uri.replace('app.example', 'app.example.evil.example'),
      uri.replace('app.example', 'evil.example'),
      uri.replace('app.example', 'app.example:444'),
      uri.replace('app.example', 'app.example.'),
      uri.replace('app.example', 'xapp.example'),
      uri.replace('app.example', '*.example'),
      uri.replace('127.0.0.1', '127.0.0.2'),
      uri.replace('127.0.0.1', 'localhost'),
      uri.replace('127.0.0.1', '127.1'),
      uri.replace('127.0.0.1', '2130706433'),
      uri.replace('127.0.0.1', '0x7f.0.0.1'),
      uri.replace('127.0.0.1', '0.0.0.0'),
      uri.replace('127.0.0.1', '127.0.0.1.evil.example'),
      uri.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
      uri.replace('127.0.0.1', '127.0.0.1:80@evil.example'),
      uri.replace('127.0.0.1', '127.0.0.1:'),
      uri.replace('127.0.0.1', '127.0.0.1:99999'),
      uri.replace('127.0.0.1', '127.0.0.1:8 0'),
      uri.replace('127.0.0.1', '127.0.0.1:-1'),
      uri.replace('127.0.0.1', '127.0.0.1:80a'),
      uri.replace('127.0.0.1', '127.0.0.1%3a80'),
      uri.replace('[::1]', '[::2]'),
      uri.replace('[::1]', '::1'),
      uri.replace('[::1]', '[0:0:0:0:0:0:0:1]'),
      uri.replace('[::1]', '[::1%25lo]'),
      '//evil.example/callback',
      '/callback',
      'callback',
      'https://evil.example',
      `https://evil.example/?${uri}`,
      `https://evil.example/#${uri}`,
      '*',
      'null',
      'x'.repeat(5000),
    ];
    const allowed = new Set([...clients[0]!.redirectUris, 'http://127.0.0.1:8080/callback']);
    const tried = [...new Set(bases.flatMap(mutations))].filter((uri) => !allowed.has(uri));

    expect(tried.length).toBeGreaterThan(200);
    expect(tried.filter((redirect_uri) => validate({ redirect_uri }).kind !== 'show')).toEqual([]);
  });

  test.each([
    'http://127.0.0.1:1/callback',
    'http://127.0.0.1:65535/callback',
    'http://[::1]:51004/callback',
    loopbackUri,
  ])(
    'M5 the loopback redirect URI %s is accepted with any port for a client that may use loopback',
    (redirect_uri) => {
      expect(validate({ redirect_uri }).kind).toBe('valid');
      expect(validate({ redirect_uri, client_id: 'strict' }).kind).toBe(
        redirect_uri === loopbackUri ? 'valid' : 'show',
      );
    },
  );

  test.each([
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
    ['the hybrid flow', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['no challenge', { code_challenge: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['PKCE without a method, which means plain', { code_challenge_method: undefined }, 'invalid_request'],
    ['another method', { code_challenge_method: 's256' }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'x'.repeat(42) }, 'invalid_request'],
    ['a long challenge', { code_challenge: 'x'.repeat(44) }, 'invalid_request'],
    ['a challenge with invalid characters', { code_challenge: `${'x'.repeat(42)}=` }, 'invalid_request'],
    ['a fragment response', { response_mode: 'fragment' }, 'invalid_request'],
    ['a request object', { request: 'eyJ' }, 'request_not_supported'],
    ['a request URI', { request_uri: 'https://evil.example/' }, 'request_uri_not_supported'],
  ])('M5 an authorization request with %s redirects to the client with an error', (_title, changes, code) => {
    const outcome = validate(changes);
    const location = outcome.kind === 'redirect' ? outcome.location : '';
    expect(location.startsWith(`${appUri}?`)).toBe(true);
    expect(Object.fromEntries(new URLSearchParams(location.split('?')[1]))).toMatchObject({
      error: code,
      state: 'the state & more',
      iss: issuer,
    });
  });

  test.each(['response_type', 'code_challenge', 'code_challenge_method', 'state'])(
    'M5 an authorization request with a repeated %s redirects to the client with an error',
    (name) => {
      const parameters = form(good);
      parameters.append(name, parameters.get(name)!);
      const outcome = server.validateAuthorize(parameters);
      expect(outcome).toMatchObject({
        kind: 'redirect',
        location: expect.stringContaining('error=invalid_request'),
      });
      if (name === 'state')
        expect(outcome).toMatchObject({ location: expect.not.stringContaining('state=') });
    },
  );

  test.each(['client_id', 'redirect_uri'])(
    'M5 an authorization request with a repeated %s shows the error to the user',
    (name) => {
      const parameters = form(good);
      parameters.append(name, parameters.get(name)!);
      expect(server.validateAuthorize(parameters).kind).toBe('show');
    },
  );

  test('M5 an authorization request of a client that may not use the grant redirects with the error unauthorized_client', () => {
    const outcome = createAuthorizationServer({
      issuer,
      store,
      sessions,
      seal,
      clients: [{ ...clients[0]!, grantTypes: [deviceCodeGrant] }],
    }).validateAuthorize(form(good));
    expect(outcome).toMatchObject({
      kind: 'redirect',
      location: expect.stringContaining('error=unauthorized_client'),
    });
  });

  test('M5 an authorization code or an error is sent to the unchanged redirect URI, with state and issuer', async () => {
    const outcome = validate({ redirect_uri: 'https://app.example/callback?keep=1', state: undefined });
    const request = (outcome as { request: AuthorizeRequest }).request;
    expect(await server.issueCode(request, sessionFacts())).toMatch(
      /^https:\/\/app\.example\/callback\?keep=1&code=[\w-]{43}&iss=https%3A%2F%2Fmobile\.example$/,
    );
    expect(server.refuse(request, 'access_denied')).toBe(
      'https://app.example/callback?keep=1&error=access_denied&iss=https%3A%2F%2Fmobile.example',
    );
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://app.example/callback',
    'https://app.example/#x',
    'https://a:b@app.example/',
    'callback',
    '//app.example/',
    '',
  ])('M5 a client with the redirect URI %j is rejected at start', (uri) => {
    expect(() =>
      createAuthorizationServer({
        issuer,
        store,
        sessions,
        seal,
        clients: [{ ...clients[0]!, redirectUris: [uri] }],
      }),
    ).toThrow(TypeError);
  });

  test('two clients with the same id are rejected at start', () => {
    expect(() =>
      createAuthorizationServer({ issuer, store, sessions, seal, clients: [clients[0]!, clients[0]!] }),
    ).toThrow(TypeError);
  });
});

describe('authorization code', () => {
  const request: AuthorizeRequest = {
    clientId: 'app',
    redirectUri: appUri,
    codeChallenge: sha256(verifier),
    state: 's',
  };
  const issue = async (): Promise<string> =>
    new URLSearchParams((await server.issueCode(request, sessionFacts())).split('?')[1]).get('code')!;
  const tokenForm = (code: string, changes: Record<string, string | undefined> = {}) =>
    form({
      grant_type: 'authorization_code',
      client_id: 'app',
      code,
      redirect_uri: appUri,
      code_verifier: verifier,
      ...changes,
    });

  test('M5 an authorization code is exchanged for an opaque token that is stored only as a hash', async () => {
    const code = await issue();
    const answer = await server.exchange(tokenForm(code), { userAgent: 'thing-app (iPhone)' });

    expect(answer).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: 'Bearer',
      expires_in: 28_800,
    });
    await expect(sessions.find(answer.access_token)).resolves.toMatchObject({
      subject: 'u1',
      home: 't1',
      clientId: 'app',
      device: 'iOS',
    });
    for (const secret of [code, answer.access_token, verifier]) expect(store.dump()).not.toContain(secret);
    expect(store.dump()).toContain(sha256(answer.access_token));
  });

  test('M5 an authorization code works once: its second use is rejected and ends the session of the first use', async () => {
    const code = await issue();
    const { access_token } = await server.exchange(tokenForm(code));
    clock.advance(600);
    await expect(replica().exchange(tokenForm(code))).rejects.toEqual(error('invalid_grant'));
    await expect(sessions.find(access_token)).resolves.toBeUndefined();
  });

  test('M5 an authorization code that is used many times concurrently leaves no session', async () => {
    const code = await issue();
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => replica().exchange(tokenForm(code))),
    );
    const tokens = answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? [answer.value.access_token] : [],
    );
    expect(tokens.length).toBeLessThanOrEqual(1);
    for (const token of tokens) await expect(sessions.find(token)).resolves.toBeUndefined();
  });

  test('M5 an authorization code expires after 60 seconds', async () => {
    const [one, other] = [await issue(), await issue()];
    clock.advance(59);
    await expect(server.exchange(tokenForm(one))).resolves.toBeDefined();
    clock.advance(1);
    await expect(server.exchange(tokenForm(other))).rejects.toEqual(error('invalid_grant'));
  });

  test.each([
    ['another client', { client_id: 'strict' }, 'invalid_grant'],
    ['another redirect URI of that client', { redirect_uri: loopbackUri }, 'invalid_grant'],
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 'invalid_grant'],
    ['the challenge as verifier', { code_verifier: sha256(verifier) }, 'invalid_grant'],
    ['a verifier that is too short', { code_verifier: 'v'.repeat(42) }, 'invalid_grant'],
    ['a verifier that is too long', { code_verifier: 'v'.repeat(129) }, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 'invalid_request'],
    ['no redirect URI', { redirect_uri: undefined }, 'invalid_request'],
    ['no code', { code: undefined }, 'invalid_request'],
    ['an empty code', { code: '' }, 'invalid_request'],
    ['a malformed code', { code: 'guess' }, 'invalid_grant'],
    ['a code never issued', { code: 'A'.repeat(43) }, 'invalid_grant'],
    ['no client', { client_id: undefined }, 'invalid_request'],
    ['an unknown client', { client_id: 'evil' }, 'invalid_client'],
    ['a client of another grant type', { client_id: 'tv' }, 'unauthorized_client'],
    ['no grant type', { grant_type: undefined }, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['a refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }, 'unsupported_grant_type'],
  ])(
    'M5 a token request with %s is rejected, and the issued code can still be redeemed',
    async (_title, changes, expected) => {
      const code = await issue();
      await expect(server.exchange(tokenForm(code, changes))).rejects.toEqual(error(expected));
      const { access_token } = await server.exchange(tokenForm(code));
      await expect(sessions.find(access_token)).resolves.toBeDefined();
    },
  );

  test('M5 a token request with a repeated parameter is rejected', async () => {
    const parameters = tokenForm(await issue());
    parameters.append('code_verifier', verifier);
    await expect(server.exchange(parameters)).rejects.toEqual(error('invalid_request'));
  });

  test('M5 an authorization code that is used again by another client ends no session', async () => {
    const code = await issue();
    const { access_token } = await server.exchange(tokenForm(code));
    await expect(server.exchange(tokenForm(code, { client_id: 'strict' }))).rejects.toEqual(
      error('invalid_grant'),
    );
    await expect(sessions.find(access_token)).resolves.toBeDefined();
  });

  test('W10 while the store is down, a token request rejects with StateUnavailable instead of an OAuth error', async () => {
    const code = await issue();
    store.down = true;
    await expect(server.exchange(tokenForm(code))).rejects.toBeInstanceOf(StateUnavailable);
    store.down = false;
    await expect(server.exchange(tokenForm(code))).resolves.toBeDefined();
  });

  test('an OAuth error is serialized as the JSON of RFC 6749', () => {
    const plain = new OAuthError('invalid_grant');
    expect([JSON.stringify(plain), plain.status]).toEqual(['{"error":"invalid_grant"}', 400]);
    const told = new OAuthError('invalid_client', 'the client is not known');
    expect([JSON.stringify(told), told.status]).toEqual([
      '{"error":"invalid_client","error_description":"the client is not known"}',
      401,
    ]);
  });
});

describe('device flow', () => {
  const start = (client_id = 'tv') => server.deviceAuthorization(form({ client_id }));
  const poll = (device_code: string, client_id = 'tv') =>
    replica().exchange(form({ grant_type: deviceCodeGrant, client_id, device_code }));

  test('M4 the device flow begins with a device code, a user code and the address at which to enter the user code', async () => {
    const answer = await start();
    expect(answer).toEqual({
      device_code: expect.stringMatching(/^[\w-]{43}$/),
      user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      verification_uri: 'https://mobile.example/oauth/device',
      verification_uri_complete: `https://mobile.example/oauth/device?user_code=${answer.user_code}`,
      expires_in: 600,
      interval: 5,
    });
    for (const secret of [answer.device_code, answer.user_code]) expect(store.dump()).not.toContain(secret);
  });

  test('M4 a device code is pending, then approved, and then used up', async () => {
    const { device_code, user_code } = await start();
    await expect(poll(device_code)).rejects.toEqual(error('authorization_pending'));
    await expect(server.findDevice(user_code, 'u1')).resolves.toEqual({
      kind: 'found',
      client: clients[2],
    });
    await expect(server.approveDevice(user_code, sessionFacts())).resolves.toEqual({
      kind: 'found',
      client: clients[2],
    });

    const { access_token } = await poll(device_code);

    await expect(sessions.find(access_token)).resolves.toMatchObject({ subject: 'u1', clientId: 'tv' });
    await expect(poll(device_code)).rejects.toEqual(error('invalid_grant'));
  });

  test('M4 of many concurrent polls with an approved device code, exactly one gets a token', async () => {
    const { device_code, user_code } = await start();
    await server.approveDevice(user_code, sessionFacts());
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => poll(device_code)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('M4 each slow_down adds five seconds to the polling interval', async () => {
    const { device_code } = await start();
    const after = async (seconds: number) => {
      clock.advance(seconds);
      return poll(device_code).catch((refusal: OAuthError) => refusal.error);
    };
    const said: unknown[] = [];
    for (const seconds of [0, 5, 4, 9, 14, 20, 20, 19, 25]) said.push(await after(seconds));
    expect(said).toEqual([
      'authorization_pending',
      'authorization_pending',
      'slow_down', // The interval is now 10 seconds.
      'slow_down', // 15 seconds
      'slow_down', // 20 seconds
      'authorization_pending',
      'authorization_pending',
      'slow_down', // 25 seconds
      'authorization_pending',
    ]);
  });

  test('M4 an early poll does not delay an approved device', async () => {
    const { device_code, user_code } = await start();
    await poll(device_code).catch(() => undefined);
    await server.approveDevice(user_code, sessionFacts());
    await expect(poll(device_code)).resolves.toBeDefined();
  });

  test('M4 a device code expires after ten minutes, whether approved or not', async () => {
    const [one, other] = [await start(), await start()];
    clock.advance(599);
    await server.approveDevice(one.user_code, sessionFacts());
    clock.advance(1);
    for (const { device_code } of [one, other])
      await expect(poll(device_code)).rejects.toEqual(error('expired_token'));
    await expect(server.findDevice(other.user_code, 'u1')).resolves.toEqual({ kind: 'unknown' });
    await expect(server.approveDevice(other.user_code, sessionFacts())).resolves.toEqual({ kind: 'unknown' });
  });

  test('M4 a denied device code gives access_denied permanently', async () => {
    const { device_code, user_code } = await start();
    await server.denyDevice(user_code, 'u1');
    await expect(poll(device_code)).rejects.toEqual(error('access_denied'));
    await expect(server.approveDevice(user_code, sessionFacts())).resolves.toEqual({ kind: 'unknown' });
    await expect(poll(device_code)).rejects.toEqual(error('access_denied'));
  });

  test('M4 of two concurrent decisions about a device, only the first counts', async () => {
    const { device_code, user_code } = await start();
    const decisions = await Promise.all([
      server.approveDevice(user_code, sessionFacts()),
      server.approveDevice(user_code, sessionFacts({ subject: 'u2' })),
    ]);
    expect(decisions.filter(({ kind }) => kind === 'found')).toHaveLength(1);
    const { access_token } = await poll(device_code);
    const winner = decisions[0]!.kind === 'found' ? 'u1' : 'u2';
    await expect(sessions.find(access_token)).resolves.toMatchObject({ subject: winner });
  });

  test('M4 a device code cannot be redeemed by another client', async () => {
    const { device_code, user_code } = await start();
    await server.approveDevice(user_code, sessionFacts());
    await expect(poll(device_code, 'app')).rejects.toEqual(error('invalid_grant'));
    await expect(poll(device_code)).resolves.toBeDefined();
  });

  test.each([
    ['no device code', { client_id: 'tv' }, 'invalid_request'],
    ['a malformed device code', { client_id: 'tv', device_code: 'x' }, 'invalid_grant'],
    [
      'a device code that was never issued',
      { client_id: 'tv', device_code: 'A'.repeat(43) },
      'invalid_grant',
    ],
    [
      'a client that may not use the device flow',
      { client_id: 'strict', device_code: 'A'.repeat(43) },
      'unauthorized_client',
    ],
    ['an unknown client', { client_id: 'evil', device_code: 'A'.repeat(43) }, 'invalid_client'],
  ])('M4 a poll of the device flow with %s is rejected', async (_title, values, expected) => {
    await expect(server.exchange(form({ grant_type: deviceCodeGrant, ...values }))).rejects.toEqual(
      error(expected),
    );
  });

  test('M4 a device authorization request of a client that may not use the device flow is rejected', async () => {
    await expect(start('strict')).rejects.toEqual(error('unauthorized_client'));
    await expect(start('evil')).rejects.toEqual(error('invalid_client'));
  });

  test('M4 the user code of a device is accepted in any case and punctuation', async () => {
    const { user_code } = await start();
    for (const typed of [
      user_code.toLowerCase(),
      user_code.replace('-', ''),
      ` ${user_code.replace('-', ' ')} `,
      user_code.split('').join('.'),
    ])
      await expect(server.findDevice(typed, 'u1')).resolves.toMatchObject({ kind: 'found' });
  });

  test('M4 after ten wrong user codes, every code of the same user is rejected for ten minutes, which prevents guessing', async () => {
    const { user_code } = await start();
    for (let index = 0; index < 30; index += 1) await server.findDevice(user_code, 'u1');
    for (const guess of [
      '',
      'x',
      'AEIO-UAEI',
      'BBBB-BBB0',
      'x'.repeat(1000),
      'BBBB-BBBB',
      'CCCC-CCCC',
      '\0',
      '____',
      'BBBBBBBBB',
    ])
      await expect(server.findDevice(guess, 'attacker')).resolves.toEqual({ kind: 'unknown' });
    await expect(server.findDevice(user_code, 'attacker')).resolves.toEqual({ kind: 'limited' });
    await expect(server.denyDevice(user_code, 'attacker')).resolves.toEqual({ kind: 'limited' });
    await expect(server.findDevice(user_code, 'u1')).resolves.toMatchObject({ kind: 'found' });
    clock.advance(600);
    const later = await start();
    await expect(server.findDevice(later.user_code, 'attacker')).resolves.toMatchObject({ kind: 'found' });
  });
});

describe('revoke', () => {
  const signIn = async () => {
    const { device_code, user_code } = await server.deviceAuthorization(form({ client_id: 'tv' }));
    await server.approveDevice(user_code, sessionFacts());
    return (await server.exchange(form({ grant_type: deviceCodeGrant, client_id: 'tv', device_code })))
      .access_token;
  };

  test('M5 revocation ends a token, and also succeeds for a token that has already ended or never existed', async () => {
    const token = await signIn();
    for (const each of [token, token, 'garbage', 'A'.repeat(43)])
      await expect(
        server.revoke(form({ client_id: 'tv', token: each, token_type_hint: 'access_token' })),
      ).resolves.toBeUndefined();
    await expect(sessions.find(token)).resolves.toBeUndefined();
  });

  test('M5 revocation does not end the token of another client', async () => {
    const token = await signIn();
    await expect(server.revoke(form({ client_id: 'app', token }))).resolves.toBeUndefined();
    await expect(sessions.find(token)).resolves.toBeDefined();
  });

  test.each([
    ['no token', { client_id: 'tv' }, 'invalid_request'],
    ['no client', { token: 'x' }, 'invalid_request'],
    ['an unknown client', { client_id: 'evil', token: 'x' }, 'invalid_client'],
  ])('M5 a revocation request with %s is rejected', async (_title, values, expected) => {
    await expect(server.revoke(form(values))).rejects.toEqual(error(expected));
  });
});
