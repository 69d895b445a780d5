import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore } from '@bff/service-kit';
import {
  accessTokenVerifier,
  createSessionStore,
  endingSessions,
  type LoginOutcome,
} from '../../src/index.ts';
import { signatureAlgorithms } from '../../src/jwt/algorithms.ts';
import { facts } from '../world/client.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { keyPair, publicJwk, signed, type KeyPair } from '../world/forge.ts';
import { t1 } from '../world/identities.ts';
import { silentLog } from '../world/log.ts';
import { partyOf } from '../world/relying-party.ts';
import { startIssuer, type TestIssuer } from '../world/test-issuer.ts';

let idp: TestIssuer;
let clock: StoppedClock;
beforeAll(async () => {
  idp = await startIssuer('RS256');
});
afterAll(() => idp.close());
beforeEach(() => {
  clock = stoppedClock();
  idp.metadata = {};
  idp.keys = [publicJwk(idp.key)];
});

const store = createMemoryStore({ clock: () => clock.now() });
const partyWith = (changes: object = {}) =>
  partyOf({ issuer: idp.issuer, replayStore: store, now: clock.now, ...changes });

/** Returns the outcome of a login with an ID token of these claims. */
async function logIn(
  claims: object,
  { key = idp.key, ...changes }: { key?: KeyPair } & Record<string, unknown> = {},
): Promise<LoginOutcome> {
  const party = partyWith(changes);
  const { login } = await party.begin();
  idp.idToken = () =>
    signed(
      key,
      {},
      {
        iss: idp.issuer,
        aud: 'web-bff',
        sub: 'u1',
        nonce: login.nonce,
        tid: 't1',
        roles: ['user'],
        iat: clock.seconds(),
        exp: clock.seconds() + 300,
        ...claims,
      },
    );
  const callback = new URL('https://app.example/auth/callback');
  callback.search = String(new URLSearchParams({ state: login.state, code: 'c', iss: idp.issuer }));
  return party.finish(callback, login);
}
const loginOf = (outcome: LoginOutcome) => (outcome.kind === 'logged-in' ? outcome.login : outcome);

describe('F22 optional claims without a value', () => {
  test.each(['roles', 'name', 'sid', 'azp', 'permissions'])(
    'an optional claim of an ID token with the value null or "" counts as absent: %s',
    async (claim) => {
      for (const value of [null, ''])
        expect(await logIn({ [claim]: value })).toMatchObject({
          kind: 'logged-in',
          login: { subject: 'u1' },
        });
    },
  );

  test.each([null, '', 'yesterday', -1])(
    'openid-client rejects auth_time %j, and the log names the claim',
    async (value) => {
      const lines: unknown[] = [];
      const log = silentLog((line) => lines.push(line));
      expect(await logIn({ auth_time: value, name: 'Somebody' }, { log })).toMatchObject({ kind: 'refused' });
      expect(lines).toEqual([{ reason: 'OAUTH_INVALID_RESPONSE', found: 'claim auth_time' }]);
    },
  );

  test('a name of 300 characters in an ID token is truncated to 255', async () => {
    expect(loginOf(await logIn({ name: 'n'.repeat(300) }))).toMatchObject({ name: 'n'.repeat(255) });
  });

  test('in an access token, scope, cnf and roles with the value null count as absent', async () => {
    const verifier = accessTokenVerifier({
      issuer: idp.issuer,
      audience: 'partner-bff',
      allowInsecure: true,
      replayStore: store,
      now: clock.now,
    });
    const token = signed(
      idp.key,
      { typ: 'at+jwt' },
      {
        iss: idp.issuer,
        aud: 'partner-bff',
        sub: 'p1',
        client_id: 'p1',
        jti: 'j',
        tid: 't1',
        iat: clock.seconds() + 0.5,
        exp: clock.seconds() + 300.5,
        scope: null,
        cnf: null,
        roles: null,
      },
    );
    expect(await verifier.verify(facts({ authorization: [`Bearer ${token}`] }))).toMatchObject({
      subject: 'p1',
      scopes: [],
      roles: [],
    });
  });

  test('when a claim of a login has an invalid value, the log names the claim', async () => {
    const lines: unknown[] = [];
    const log = silentLog((line) => lines.push(line));
    expect(await logIn({ roles: 7 }, { log })).toMatchObject({ kind: 'refused', reason: 'claims' });
    expect(lines).toContainEqual(expect.objectContaining({ reason: 'claims', found: 'claim roles' }));
  });
});

describe('F23 large tokens', () => {
  const groups = Array.from({ length: 150 }, (_, index) => `/departments/engineering/team-${index}/members`);

  test('a login with 150 groups is rejected because internal tokens would be too large, and the log names the settings', async () => {
    const lines: unknown[] = [];
    const log = silentLog((line) => lines.push(line));
    expect(await logIn({ roles: groups }, { log })).toMatchObject({ kind: 'refused', reason: 'too-large' });
    expect(lines).toContainEqual(expect.objectContaining({ setting: 'MAX_TOKEN_BYTES, ROLE_MAP' }));
  });

  test('a login with 150 groups that are mapped to roles is accepted', async () => {
    const roleMap = new Map([
      [groups[3]!, 'engineer'],
      [groups[4]!, 'engineer'],
      ['/other', 'admin'],
    ]);
    expect(loginOf(await logIn({ roles: groups }, { claimNames: { roleMap } }))).toMatchObject({
      roles: ['engineer'],
    });
  });

  test('an ID token above MAX_TOKEN_BYTES is rejected as too large, not as malformed', async () => {
    expect(await logIn({ filler: 'x'.repeat(20_000) })).toMatchObject({
      kind: 'refused',
      reason: 'too-large',
    });
    expect(await logIn({ filler: 'x'.repeat(20_000) }, { maxTokenBytes: 65_536 })).toMatchObject({
      kind: 'logged-in',
    });
  });
});

describe('F24 F73 signatures, dates and audiences', () => {
  test.each(signatureAlgorithms.filter((alg) => alg !== 'Ed25519'))(
    'an ID token that is signed with %s is accepted',
    async (alg) => {
      const key = keyPair(alg);
      idp.keys = [publicJwk(key)];
      idp.metadata = { id_token_signing_alg_values_supported: [alg] };
      expect(await logIn({}, { key })).toMatchObject({ kind: 'logged-in' });
    },
  );

  test('an ID token whose dates have fractions is accepted', async () => {
    const outcome = await logIn({
      iat: clock.seconds() - 0.5,
      exp: clock.seconds() + 60.25,
      auth_time: clock.seconds() - 1.5,
    });
    expect(loginOf(outcome)).toMatchObject({ issuedAt: clock.seconds() - 1, authTime: clock.seconds() - 2 });
  });

  test('an ID token with another audience is accepted when the audience is trusted and azp is this client', async () => {
    const aud = ['web-bff', 'account'];
    expect(await logIn({ aud, azp: 'web-bff' })).toMatchObject({ kind: 'refused', reason: 'audience' });
    const trusted = { trustedAudiences: ['account'] };
    expect(await logIn({ aud, azp: 'web-bff' }, trusted)).toMatchObject({ kind: 'logged-in' });
    expect(await logIn({ aud, azp: 'account' }, trusted)).toMatchObject({ kind: 'refused' });
  });
});

test('F24 the documentation lists the algorithms that the code accepts', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/identity-providers.md'), 'utf8');
  expect(page).toContain(`| ${signatureAlgorithms.join(' ')}, of those`);
});

describe('F25 key sets', () => {
  test('a key set with the same key twice and with unusual keys is accepted', async () => {
    const exotic = { kty: 'AKP', alg: 'ML-DSA-44', kid: 'pq', pub: 'AA' };
    idp.keys = [exotic, publicJwk(idp.key), publicJwk(idp.key), { kty: 'oct', k: 'AA' }];
    expect(await logIn({})).toMatchObject({ kind: 'logged-in' });
  });

  test('a token that is signed with one of two keys with the same kid is accepted', async () => {
    const other = keyPair('RS256', idp.key.kid);
    idp.keys = [publicJwk(other), publicJwk(idp.key)];
    expect(await logIn({})).toMatchObject({ kind: 'logged-in' });
    const stranger = keyPair('RS256', idp.key.kid);
    expect(await logIn({}, { key: stranger })).toMatchObject({ kind: 'refused', reason: 'signature' });
  });
});

test('F20 a key that was withdrawn while no token was verified for a day is rejected', async () => {
  const party = partyWith();
  const token = () =>
    signed(
      idp.key,
      { typ: 'logout+jwt' },
      {
        iss: idp.issuer,
        aud: 'web-bff',
        sid: 's',
        jti: `j${clock.now()}`,
        iat: clock.seconds(),
        exp: clock.seconds() + 60,
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      },
    );
  await party.verifyLogoutToken(token());
  idp.keys = [publicJwk(keyPair('RS256', 'next'))];
  clock.advance(86_400);
  await expect(party.verifyLogoutToken(token())).rejects.toMatchObject({ code: 'unknown-key' });
});

test('F20 while the key set cannot be fetched, the last one is used for a day', async () => {
  const party = partyWith();
  const token = () =>
    signed(
      idp.key,
      { typ: 'logout+jwt' },
      {
        iss: idp.issuer,
        aud: 'web-bff',
        sid: 's',
        jti: `k${clock.now()}`,
        iat: clock.seconds(),
        exp: clock.seconds() + 60,
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      },
    );
  await party.verifyLogoutToken(token());
  idp.down = true;
  clock.advance(3_600);
  await party.verifyLogoutToken(token());
  clock.advance(86_400);
  await expect(party.verifyLogoutToken(token())).rejects.toMatchObject({ name: 'ProviderUnavailable' });
  idp.down = false;
});

describe('F21 F39 sessions that a logout ends', () => {
  const begin = (facts: object) =>
    createSessionStore({ store, kind: 'session', idleMs: 1e6, absoluteMs: 1e7, now: clock.now }).create({
      home: t1,
      issuer: idp.issuer,
      subject: 'u1',
      tenants: ['t1'],
      roles: [],
      permissions: [],
      authTime: clock.seconds(),
      issuedAt: clock.seconds(),
      ...facts,
    });
  const sessions = () =>
    createSessionStore({ store, kind: 'session', idleMs: 1e6, absoluteMs: 1e7, now: clock.now });
  const logout = (names: object) =>
    endingSessions(sessions(), silentLog())({ issuer: idp.issuer, jti: 'x', iat: clock.seconds(), ...names });

  test('a logout token with sid and sub ends the session with that sid and the sessions of the user that have no sid', async () => {
    const [named, other, unnamed] = [await begin({ sid: 'a' }), await begin({ sid: 'b' }), await begin({})];
    await logout({ sid: 'a', sub: 'u1' });
    expect(await sessions().find(named.handle)).toBeUndefined();
    expect(await sessions().find(unnamed.handle)).toBeUndefined();
    expect(await sessions().find(other.handle)).toBeDefined();
  });

  test('a logout token with sub alone ends the sessions of its user, even if our subject is read from another claim', async () => {
    const login = loginOf(await logIn({ employee: 'e-17' }, { claimNames: { subject: 'employee' } }));
    expect(login).toMatchObject({ subject: 'e-17', providerSubject: 'u1' });
    const { handle } = await begin({ subject: 'e-17', providerSubject: 'u1' });
    await logout({ sub: 'u1' });
    expect(await sessions().find(handle)).toBeUndefined();
  });
});

test('F70 after a token response with a truncated body, the login can be repeated', async () => {
  const party = partyWith();
  const { login } = await party.begin();
  idp.cutsBodies = true;
  const callback = new URL('https://app.example/auth/callback');
  callback.search = String(new URLSearchParams({ state: login.state, code: 'c', iss: idp.issuer }));
  expect(await party.finish(callback, login)).toEqual({ kind: 'provider-unavailable' });
  idp.cutsBodies = false;
});
