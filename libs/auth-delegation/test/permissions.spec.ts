import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createMemoryStore, stateKey, type TenantId } from '@bff/service-kit';
import express from 'express';
import { decodeJwt } from 'jose';
import request from 'supertest';
import {
  accessTokenVerifier,
  createInternalTokens,
  createSessionStore,
  identityKey,
  identityOf,
  internalClaimsOf,
  internalTokenVerifier,
  requireInternalToken,
  type ActingIdentity,
  type ClaimNames,
  type InternalKeys,
  type SessionFacts,
} from '../src/index.ts';
import { facts, sha256 } from './world/client.ts';
import { stoppedClock } from './world/clock.ts';
import { signed } from './world/forge.ts';
import { partyOf } from './world/relying-party.ts';
import { startIssuer, type TestIssuer } from './world/test-issuer.ts';

const clock = stoppedClock();
const tenant = 't1' as TenantId;
const keys: InternalKeys = { alg: 'HS256', secret: 'a secret of thirty-two bytes, or more' };
const common = { tid: tenant, roles: ['member'] };

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer('ES256');
});
afterAll(() => issuer.close());

/** Returns the permissions of a login with these claims, or the reason why the ID token was rejected. */
async function ofLogin(claims: object, claimNames?: ClaimNames): Promise<unknown> {
  const party = partyOf({ issuer: issuer.issuer, now: clock.now, ...(claimNames && { claimNames }) });
  const { login } = await party.begin();
  const payload = {
    ...common,
    iss: issuer.issuer,
    sub: 'u1',
    aud: 'web-bff',
    nonce: login.nonce,
    iat: clock.seconds(),
    exp: clock.seconds() + 300,
    ...claims,
  };
  issuer.idToken = () => signed(issuer.key, {}, payload);
  const query = new URLSearchParams({ code: 'c', state: login.state, iss: issuer.issuer });
  const outcome = await party.finish(new URL(`https://app.example/auth/callback?${query}`), login);
  return outcome.kind === 'logged-in' ? outcome.login.permissions : (outcome as { reason?: unknown }).reason;
}

/** Returns the same for an access token. */
async function ofAccessToken(claims: object, claimNames?: ClaimNames): Promise<unknown> {
  const verifier = accessTokenVerifier({
    issuer: issuer.issuer,
    audience: 'partner-bff',
    allowInsecure: true,
    replayStore: createMemoryStore(),
    now: clock.now,
    ...(claimNames && { claimNames }),
  });
  const payload = {
    ...common,
    iss: issuer.issuer,
    sub: 'u1',
    client_id: 'c1',
    aud: 'partner-bff',
    jti: 'j1',
    iat: clock.seconds(),
    exp: clock.seconds() + 300,
    ...claims,
  };
  const token = signed(issuer.key, { typ: 'at+jwt' }, payload);
  return verifier.verify(facts({ authorization: [`Bearer ${token}`] })).then(
    ({ permissions }) => permissions,
    () => 'claims',
  );
}

describe.each([
  ['an ID token', ofLogin],
  ['an access token', ofAccessToken],
] as const)('permissions of %s', (_, permissionsOf) => {
  test.each([
    [
      ['thing:read', 'thing:write'],
      ['thing:read', 'thing:write'],
    ],
    ['thing:read', ['thing:read']],
    [[], []],
    ['', []],
    [null, []],
    [undefined, []],
  ])('the permissions claim %j is read as %j', async (permissions, expected) => {
    expect(await permissionsOf({ permissions })).toEqual(expected);
  });

  test.each([[1], [{}], [[1]], [['']], [[null]], [true]])(
    'a permissions claim of the form %j makes the token invalid, as for roles',
    async (permissions) => {
      expect(await permissionsOf({ permissions })).toBe('claims');
    },
  );

  test('permissions are read from the configured claim, and the default claim is then ignored', async () => {
    const claims = { 'https://t1.example/rights': ['thing:read'], permissions: ['thing:write'] };
    expect(await permissionsOf(claims, { permissions: 'https://t1.example/rights' })).toEqual(['thing:read']);
  });
});

const identity = (changes: Partial<ActingIdentity> = {}): ActingIdentity => ({
  subject: 'u1',
  tenant,
  tenants: [tenant],
  roles: ['member'],
  permissions: [],
  sessionId: 's1',
  authTime: clock.seconds(),
  expiresAt: clock.seconds() + 3_600,
  ...changes,
});

describe('the internal token', () => {
  const tokens = createInternalTokens({ azp: 'web-bff', keys, now: clock.now });

  test('an internal token has the permissions of the identity, and no permissions claim when there are none', () => {
    const permissions = ['thing:read'];
    expect(decodeJwt(tokens.mint(identity({ permissions }), 'thing-service'))).toMatchObject({ permissions });
    expect(decodeJwt(tokens.mint(identity(), 'thing-service'))).not.toHaveProperty('permissions');
  });

  test('the internal token of a session is renewed as soon as the permissions of the session change', () => {
    const before = tokens.bearerFor(identity({ permissions: ['thing:read'] }))('thing-service');
    const after = tokens.bearerFor(identity({ permissions: ['thing:write'] }))('thing-service');
    expect(decodeJwt(after)).toMatchObject({ permissions: ['thing:write'] });
    expect(after).not.toBe(before);
  });

  const service = express();
  const verifier = internalTokenVerifier({
    audience: 'thing-service',
    secret: keys.secret as string,
    now: clock.now,
  });
  service.get('/', requireInternalToken(verifier), (incoming, response) => {
    response.json(internalClaimsOf(incoming).permissions);
  });

  test.each([[['thing:read', 'thing:write']], [[]]])(
    'a service with requireInternalToken reads the permissions %j from the internal token',
    async (permissions) => {
      const bearer = tokens.mint(identity({ permissions }), 'thing-service');
      const { status, body } = await request(service).get('/').set('Authorization', `Bearer ${bearer}`);
      expect([status, body]).toEqual([200, permissions]);
    },
  );
});

test('identityKey is different for identities that differ only in their permissions, so that answers are not shared', () => {
  const key = identityKey(identity({ permissions: ['thing:read'] }));
  expect(identityKey(identity({ permissions: ['thing:write'] }))).not.toBe(key);
  expect(identityKey(identity())).not.toBe(key);
  expect(identityKey(identity({ permissions: ['thing:read'] }))).toBe(key);
  expect(identityKey(identity({ roles: ['member', 'thing:read'] }))).not.toBe(key);
});

describe('a session', () => {
  const store = createMemoryStore({ clock: clock.now });
  const sessions = createSessionStore({
    store,
    kind: 'session',
    idleMs: 60_000,
    absoluteMs: 60_000,
    now: clock.now,
  });
  const login = (permissions: readonly string[]): SessionFacts => ({
    home: tenant,
    issuer: 'https://idp.example',
    subject: 'u1',
    tenants: [tenant],
    roles: ['member'],
    permissions,
    authTime: clock.seconds(),
    issuedAt: clock.seconds(),
  });

  test('a session keeps the permissions of its login and passes them to the identity', async () => {
    const { handle } = await sessions.create(login(['thing:read']));
    expect(identityOf((await sessions.find(handle))!)).toMatchObject({ permissions: ['thing:read'] });
  });

  test('a session that an older release stored without permissions has none', async () => {
    const { handle } = await sessions.create(login(['thing:read']));
    const key = stateKey(tenant, 'session', sha256(handle));
    const older = { ...JSON.parse((await store.get(key))!.toString()), permissions: undefined };
    await store.set(key, JSON.stringify(older), 60_000);
    expect(identityOf((await sessions.find(handle))!)).toMatchObject({ permissions: [] });
  });
});
