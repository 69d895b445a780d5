import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { clientErrors, ProviderUnavailable } from '../../src/index.ts';
import { stoppedClock } from '../world/clock.ts';
import { signed } from '../world/forge.ts';
import { silentLog } from '../world/log.ts';
import { callbackUri, partyOf } from '../world/relying-party.ts';
import { startIssuer, type TestIssuer } from '../world/test-issuer.ts';

const clock = stoppedClock();
let idp: TestIssuer;
const lines: unknown[] = [];
const log = silentLog((line) => lines.push(line));
beforeAll(async () => {
  idp = await startIssuer('RS256');
});
beforeEach(() => {
  lines.length = 0;
  idp.tokenAnswer = undefined;
  idp.metadata = {};
});
afterAll(() => idp.close());

const party = (options: Partial<Parameters<typeof partyOf>[0]> = {}) =>
  partyOf({ issuer: idp.issuer, log, now: clock.now, ...options });
const allowed = ['acr_values', 'login_hint', 'max_age', 'ui_locales'];
const passed = (query: string, passedParameters: readonly string[] = allowed) =>
  party({ passedParameters }).passedFrom(new URLSearchParams(query));
const callback = (parameters: Record<string, string>) =>
  new URL(`${callbackUri}?${new URLSearchParams({ iss: idp.issuer, ...parameters })}`);

describe('F30 parameters of a request that begins a login', () => {
  test('the parameters of a login request are passed to the provider if they are permitted, and dropped otherwise', () => {
    expect(
      passed('login_hint=a%40b.example&ui_locales=de+en&max_age=60&acr_values=mfa&client_id=x&claims={}'),
    ).toEqual({
      maxAge: 60,
      extra: { login_hint: 'a@b.example', ui_locales: 'de en', acr_values: 'mfa' },
    });
    expect(passed('login_hint=x&max_age=60&acr_values=mfa', ['login_hint'])).toEqual({
      extra: { login_hint: 'x' },
    });
    expect(passed('login_hint=&max_age=')).toEqual({ extra: {} });
  });

  test.each([
    'login_hint=a&login_hint=b',
    'login_hint=a%0d%0ab',
    'login_hint=%00',
    `login_hint=${'x'.repeat(513)}`,
    'max_age=-1',
    'max_age=1e3',
    'max_age=9999999999',
    'max_age=60&max_age=60',
    'max_age=60%20',
  ])('malformed parameters of a login request are rejected: %.40s', (query) =>
    expect(passed(query)).toBeUndefined(),
  );

  test('the parameters of a login request never replace parameters of the protocol or configured parameters', async () => {
    const one = party({ authorizationParameters: { acr_values: 'mfa', client_id: 'evil' } });
    const { url } = await one.begin({
      extra: { acr_values: 'none', state: 'evil', redirect_uri: 'https://evil.example' },
    });
    expect(new URL(url).searchParams.getAll('acr_values')).toEqual(['mfa']);
    expect(url).not.toContain('evil');
  });

  test('a login request may have max_age, and an ID token of a user who authenticated longer ago is rejected', async () => {
    const logIn = async (authTime: number | undefined) => {
      const one = party();
      const { url, login } = await one.begin({ maxAge: 60 });
      expect(new URL(url).searchParams.get('max_age')).toBe('60');
      idp.idToken = () =>
        signed(
          idp.key,
          {},
          {
            iss: idp.issuer,
            aud: 'web-bff',
            sub: 'u1',
            tid: 't1',
            nonce: login.nonce,
            auth_time: authTime,
            iat: clock.seconds(),
            exp: clock.seconds() + 60,
          },
        );
      return one.finish(callback({ state: login.state, code: 'c' }), login);
    };
    expect(await logIn(clock.seconds() - 50)).toMatchObject({ kind: 'logged-in' });
    expect(await logIn(clock.seconds() - 600)).toMatchObject({ kind: 'refused' });
    expect(await logIn(undefined)).toMatchObject({ kind: 'refused' });
  });
});

describe('F73 configured authorization parameters', () => {
  test.each([
    'client_id',
    'redirect_uri',
    'state',
    'nonce',
    'scope',
    'prompt',
    'request',
    'request_uri',
    'response_type',
    'code_challenge',
    'a b',
    'x'.repeat(65),
  ])('the authorization parameter %.30s is rejected at start, in both settings', (name) => {
    const faults = clientErrors({
      authorizationParameters: String(new URLSearchParams({ [name]: 'x' })),
      passedParameters: [name],
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'AUTHORIZATION_PARAMETERS',
      'PASSED_PARAMETERS',
    ]);
  });

  test('a configured max_age is rejected, because it would not be checked, and other parameters of a provider are accepted', () => {
    expect(clientErrors({ authorizationParameters: 'max_age=60' })).toHaveLength(1);
    expect(
      clientErrors({
        authorizationParameters: 'kc_idp_hint=a&acr_values=x',
        passedParameters: ['max_age', 'domain_hint'],
      }),
    ).toEqual([]);
  });
});

describe('F30 errors of the provider are logged with the setting and without a secret', () => {
  const finish = async (parameters: Record<string, string>) => {
    const one = party({ clientSecret: 'a-secret-of-ours' });
    const { login } = await one.begin();
    return one.finish(callback({ state: login.state, ...parameters }), login);
  };
  const clientSetting = expect.stringContaining('CLIENT_SECRET');

  test.each([
    ['invalid_client', clientSetting],
    ['unauthorized_client', clientSetting],
    ['invalid_scope', 'SCOPE'],
    ['invalid_request', expect.stringContaining('AUTHORIZATION_PARAMETERS')],
  ])('the error %s of a token response is logged with the setting to check', async (error, setting) => {
    idp.tokenAnswer = { status: 400, body: { error, error_description: 'a-secret-of-ours' } };
    expect(await finish({ code: 'c' })).toMatchObject({ kind: 'refused' });
    expect(lines).toEqual([{ reason: 'refused by the provider', setting, found: error }]);
  });

  test.each([
    ['unauthorized_client', { setting: clientSetting, found: 'unauthorized_client' }],
    ['invalid_scope', { setting: 'SCOPE', found: 'invalid_scope' }],
    ['a-secret-of-ours', { found: 'other' }],
    ['__proto__', { found: '__proto__' }],
  ])(
    'the error %s of a callback is logged with the setting to check, if there is one',
    async (error, line) => {
      expect(await finish({ error })).toMatchObject({ kind: 'denied' });
      expect(lines).toEqual([{ reason: 'refused by the provider', ...line }]);
    },
  );

  test('the errors of a user who denied or has to interact are not logged', async () => {
    await finish({ error: 'access_denied' });
    expect(await finish({ error: 'account_selection_required' })).toMatchObject({
      kind: 'not-logged-in',
      error: 'account_selection_required',
    });
    expect(lines).toEqual([]);
  });

  test('the error invalid_client of the confirmation of a session is logged', async () => {
    idp.tokenAnswer = { status: 401, body: { error: 'invalid_client' } };
    expect(await party().refresh('the-refresh-token')).toMatchObject({ kind: 'refused' });
    expect(lines).toEqual([expect.objectContaining({ setting: clientSetting, found: 'invalid_client' })]);
  });

  test('a failed revocation at the provider is not logged', async () => {
    idp.down = true;
    expect(await party().revoke('the-refresh-token')).toBe(false);
    await expect(party().begin()).rejects.toBeInstanceOf(ProviderUnavailable);
    idp.down = false;
    expect(JSON.stringify(lines)).not.toContain('the-refresh-token');
  });
});
