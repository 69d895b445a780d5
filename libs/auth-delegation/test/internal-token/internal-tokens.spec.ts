import { describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { Problem } from '@bff/service-kit';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import {
  createInternalTokens,
  InvalidInternalKeys,
  loadInternalKeys,
  type InternalKeys,
} from '../../src/index.ts';
import { stoppedClock } from '../world/clock.ts';
import { t1, actingUser, t2 } from '../world/identities.ts';

const secret = 'a secret of thirty-two bytes, or more';
const hs256: InternalKeys = { alg: 'HS256', secret };

const pem = (namedCurve = 'P-256') => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
};
const one = { kid: 'one', ...pem() };
const two = { kid: 'two', ...pem() };

describe('minting internal tokens', () => {
  test('M6 an internal token has subject, audience, issuer, actor and expiry', () => {
    const clock = stoppedClock();
    const tokens = createInternalTokens({ azp: 'web-bff', keys: hs256, now: clock.now });

    const claims = decodeJwt(tokens.mint(actingUser(clock.seconds()), 'thing-service'));

    expect(claims).toEqual({
      sub: 'u1',
      tid: 't1',
      roles: ['member'],
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iss: 'bff-auth',
      aud: 'thing-service',
      azp: 'web-bff',
      iat: clock.seconds(),
      exp: clock.seconds() + 300,
    });
  });

  test.each([
    ['a client that acts for a user', { clientId: 'c1' }, { sub: 'c1' }],
    ['a client that acts for itself', { clientId: 'u1' }, undefined],
    ['a session', {}, undefined],
  ])(
    'the internal token of %s names an actor only if the actor is not the subject (RFC 8693)',
    (_, changes, act) => {
      const clock = stoppedClock();
      const tokens = createInternalTokens({ azp: 'web-bff', keys: hs256, now: clock.now });
      const claims = decodeJwt(tokens.mint(actingUser(clock.seconds(), changes), 'thing-service'));
      expect([claims.sub, claims['act']]).toEqual(['u1', act]);
    },
  );

  test('M6 an internal token does not outlive the session that it is created for', () => {
    const clock = stoppedClock();
    const tokens = createInternalTokens({ azp: 'web-bff', keys: hs256, now: clock.now });
    const soonOver = actingUser(clock.seconds(), { expiresAt: clock.seconds() + 40 });

    expect(decodeJwt(tokens.mint(soonOver, 'thing-service')).exp).toBe(clock.seconds() + 40);
    clock.advance(40);
    expect(() => tokens.mint(soonOver, 'thing-service')).toThrow(Problem);
  });

  test.each([0, -1, 3601, NaN, Infinity])(
    'M6 a lifetime of internal tokens of %p seconds is rejected at start',
    (ttlSeconds) => {
      expect(() => createInternalTokens({ azp: 'web-bff', keys: hs256, ttlSeconds })).toThrow(RangeError);
    },
  );

  test('M6 an internal token signed with ES256 names its key, and the published key set verifies the token', async () => {
    const clock = stoppedClock();
    const keys: InternalKeys = { alg: 'ES256', current: one, previous: two };
    const tokens = createInternalTokens({ azp: 'web-bff', keys, now: clock.now });

    const token = tokens.mint(actingUser(clock.seconds()), 'thing-service');

    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'JWT', kid: 'one' });
    const published = tokens.jwks();
    expect(published.keys.map(({ kid }) => kid)).toEqual(['one', 'two']);
    expect(JSON.stringify(published)).not.toContain('"d"');
    const { payload } = await jwtVerify(token, createLocalJWKSet(published as JSONWebKeySet), {
      currentDate: new Date(clock.now()),
    });
    expect(payload.sub).toBe('u1');
  });

  test('M6 the published key set never contains a shared secret', () => {
    expect(createInternalTokens({ azp: 'web-bff', keys: hs256 }).jwks()).toEqual({ keys: [] });
  });
});

describe('bearerFor', () => {
  test('M6 bearerFor returns the same token for a session and audience until a fifth of its lifetime is left', () => {
    const clock = stoppedClock();
    const tokens = createInternalTokens({ azp: 'web-bff', keys: hs256, now: clock.now });
    const who = actingUser(clock.seconds());
    const ask = (audience: string) => tokens.bearerFor({ ...who })(audience);

    const first = ask('thing-service');
    clock.advance(239);
    expect(ask('thing-service')).toBe(first);
    expect(ask('other-service')).not.toBe(first);
    clock.advance(1);
    expect(ask('thing-service')).not.toBe(first);
  });

  test('M6 the last internal token of a session is cached until the session ends, instead of one token being created per call', () => {
    const clock = stoppedClock();
    const tokens = createInternalTokens({ azp: 'web-bff', keys: hs256, now: clock.now });
    const bearer = tokens.bearerFor(actingUser(clock.seconds(), { expiresAt: clock.seconds() + 30 }));

    const first = bearer('thing-service');
    clock.advance(28);
    expect(bearer('thing-service')).toBe(first);
  });

  test.each([
    ['tenant', { tenant: t2, tenants: [t1, t2] }],
    ['subject', { subject: 'u2' }],
    ['roles', { roles: ['admin'] }],
    ['session', { sessionId: 'another' }],
    ['client', { clientId: 't1-erp' }],
  ])('T1 bearerFor never returns the same token for another %s', (_what, change) => {
    const clock = stoppedClock();
    const tokens = createInternalTokens({ azp: 'web-bff', keys: hs256, now: clock.now });
    const first = tokens.bearerFor(actingUser(clock.seconds()))('thing-service');

    expect(tokens.bearerFor(actingUser(clock.seconds(), change))('thing-service')).not.toBe(first);
  });
});

describe('rotating the keys of internal tokens', () => {
  test('M6 a new key is published before it signs internal tokens, and the old key until its last token has expired', () => {
    const clock = stoppedClock();
    const keys: InternalKeys = { alg: 'ES256', current: one };
    const tokens = createInternalTokens({ azp: 'web-bff', keys, now: clock.now });
    const kids = () => tokens.jwks().keys.map(({ kid }) => kid);
    const signer = () => decodeProtectedHeader(tokens.mint(actingUser(clock.seconds()), 'thing-service')).kid;

    tokens.rotate({ alg: 'ES256', current: two });
    expect([kids(), signer()]).toEqual([['one', 'two'], 'one']);
    clock.advance(60);
    expect([signer(), kids()]).toEqual(['two', ['two', 'one']]);
    clock.advance(359);
    expect(kids()).toEqual(['two', 'one']);
    clock.advance(1);
    expect(kids()).toEqual(['two']);
  });

  test('M6 after a rotation to a key that was already published as `previous`, this key signs internal tokens at once', () => {
    const clock = stoppedClock();
    const keys: InternalKeys = { alg: 'ES256', current: one, previous: two };
    const tokens = createInternalTokens({ azp: 'web-bff', keys, now: clock.now });

    tokens.rotate({ alg: 'ES256', current: two, previous: one });

    expect(decodeProtectedHeader(tokens.mint(actingUser(clock.seconds()), 'thing-service')).kid).toBe('two');
  });

  test('M6 a rotation to another key with the kid of an old key is rejected', () => {
    const tokens = createInternalTokens({ azp: 'web-bff', keys: { alg: 'ES256', current: one } });

    expect(() => tokens.rotate({ alg: 'ES256', current: { ...two, kid: 'one' } })).toThrow('new kid');
  });

  test.each([
    ['neither secret nor key', {}, 'neither'],
    ['both secret and key', { secret, privateKey: one.privateKeyPem }, 'unset one'],
    ['a short secret', { secret: 'x'.repeat(31) }, 'shorter than 32'],
    ['a key that is not PEM', { privateKey: 'hunter2' }, 'not a key in PEM'],
    ['a public key to sign with', { privateKey: one.publicKeyPem }, 'not a private key in PEM'],
    ['another curve', { privateKey: pem('P-384').privateKeyPem }, 'P-256'],
    ['a malformed previous key', { privateKey: one.privateKeyPem, otherKey: 'hunter2' }, 'previous'],
    ['the same key twice', { privateKey: one.privateKeyPem, otherKey: one.publicKeyPem }, 'same kid'],
  ])('settings of internal tokens with %s are rejected without being quoted', (_title, settings, message) => {
    const load = () => loadInternalKeys(settings);
    expect(load).toThrow(InvalidInternalKeys);
    expect(load).toThrow(message);
    expect(load).not.toThrow('hunter2');
  });

  test('the keys of internal tokens are read from one-line PEM, with their thumbprint as the kid', () => {
    const oneLine = one.privateKeyPem.replaceAll('\n', '\\n');
    const loaded = loadInternalKeys({ privateKey: oneLine, otherKey: two.publicKeyPem });

    expect(loaded).toMatchObject({
      alg: 'ES256',
      current: { kid: expect.stringMatching(/^[\w-]{43}$/), privateKeyPem: one.privateKeyPem },
      previous: { publicKeyPem: two.publicKeyPem },
    });
  });
});
