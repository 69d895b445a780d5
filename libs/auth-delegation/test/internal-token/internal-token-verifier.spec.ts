import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import {
  createInternalTokens,
  internalClaimsOf,
  internalTokenVerifier,
  ProviderUnavailable,
  requireInternalToken,
  TokenRefused,
  type InternalKeys,
  type InternalTokenVerifier,
} from '../../src/index.ts';
import { tryAttacks } from '../world/attack.ts';
import { stoppedClock } from '../world/clock.ts';
import { hmac, keyPair, publicJwk, signed, signerOf } from '../world/forge.ts';
import { hostileTokens, publicPartsOf, wrongClaims, type GoodToken } from '../world/hostile-tokens.ts';
import { actingUser } from '../world/identities.ts';
import { publishKeys, type KeyPublisher } from '../world/publisher.ts';

const secret = 'a secret of thirty-two bytes, or more';
const clock = stoppedClock();
const one = keyPair('ES256', 'one');
const two = keyPair('ES256', 'two');
const pemOf = (pair: typeof one) => pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const es256: InternalKeys = { alg: 'ES256', current: { kid: 'one', privateKeyPem: pemOf(one) } };

const claims = {
  sub: 'u1',
  tid: 't1',
  roles: ['member'],
  jti: 'j1',
  iss: 'bff-auth',
  aud: 'thing-service',
  azp: 'web-bff',
  iat: clock.seconds(),
  exp: clock.seconds() + 300,
};
/** Tokens that are signed with the key of the BFF, and that thing-service has to reject. */
const wrong = {
  sub: [undefined, '', null, 1, ['u1'], {}],
  tid: [undefined, '', null, 1, ['t1']],
  roles: [undefined, 'admin', null, {}, [1], [null]],
  jti: [undefined, '', null, 1],
  iss: [undefined, '', 'bff-auth/', 'BFF-AUTH', 'evil', ['bff-auth'], null, 1],
  aud: [
    undefined,
    '',
    'other-service',
    'thing-service2',
    'THING-SERVICE',
    ['thing-service'],
    ['thing-service', 'x'],
    [],
    null,
    1,
  ],
  azp: [undefined, '', null, 1],
  iat: [
    undefined,
    null,
    '1',
    clock.seconds() + 6,
    clock.seconds() + 299,
    claims.exp,
    claims.exp - 3601,
    0,
    -1,
    1e300,
  ],
  exp: [
    undefined,
    null,
    '9999999999',
    0,
    -1,
    clock.seconds() - 5,
    clock.seconds() + 3601,
    1e300,
    claims.iat + 0.5,
  ],
  nbf: [clock.seconds() + 6, 'soon', null],
};

const isRefusal = (error: unknown) => error instanceof TokenRefused;
const code = (refusal: string) => expect.objectContaining({ name: 'TokenRefused', code: refusal });
const publishers: KeyPublisher[] = [];

async function published(...pairs: (typeof one)[]): Promise<KeyPublisher> {
  const publisher = await publishKeys(pairs.map(publicJwk));
  publishers.push(publisher);
  return publisher;
}
afterEach(async () => {
  await Promise.all(publishers.splice(0).map((publisher) => publisher.close()));
});

describe('hostile internal tokens', () => {
  const header = { alg: 'HS256', typ: 'JWT' };
  const goodHs: GoodToken = {
    header,
    payload: claims,
    signer: hmac('HS256', secret),
    publicParts: publicPartsOf(one),
  };
  const goodEs: GoodToken = {
    header: { alg: 'ES256', typ: 'JWT', kid: 'one' },
    payload: claims,
    signer: signerOf(one),
    publicParts: [...publicPartsOf(one), secret],
  };

  test('M6 a verifier with a shared secret rejects every hostile token', async () => {
    const verifier = internalTokenVerifier({ audience: 'thing-service', secret, now: clock.now });
    const vectors = [...hostileTokens(goodHs), ...wrongClaims(goodHs, wrong)];

    const { tried, ...siege } = await tryAttacks(vectors, (token) => verifier.verify(token), isRefusal);

    expect(siege).toEqual({ through: [], crashed: [] });
    expect(tried).toBeGreaterThan(400);
  });

  test('M6 a verifier with published keys rejects every hostile token, with one fetch', async () => {
    const publisher = await published(one);
    const verifier = internalTokenVerifier({
      audience: 'thing-service',
      jwksUris: [publisher.url],
      now: clock.now,
    });
    const vectors = [...hostileTokens(goodEs), ...wrongClaims(goodEs, wrong)];

    const { tried, ...siege } = await tryAttacks(vectors, (token) => verifier.verify(token), isRefusal);

    expect(siege).toEqual({ through: [], crashed: [] });
    expect(tried).toBeGreaterThan(500);
    expect(publisher.calls()).toBe(1);
    await expect(verifier.verify(signed(one, { typ: 'JWT' }, claims))).resolves.toMatchObject(claims);
  });

  test.each([undefined, 'at+jwt', 'dpop+jwt', 'logout+jwt', 'secevent+jwt', '', 1])(
    'M6 a token of type %p is rejected as an internal token',
    async (typ) => {
      const publisher = await published(one);
      const verifier = internalTokenVerifier({
        audience: 'thing-service',
        jwksUris: [publisher.url],
        now: clock.now,
      });

      await expect(verifier.verify(signed(one, { typ }, claims))).rejects.toEqual(code('type'));
    },
  );
});

describe('verifying internal tokens', () => {
  test('M6 an internal token for another service is rejected', async () => {
    const tokens = createInternalTokens({ azp: 'web-bff', keys: { alg: 'HS256', secret }, now: clock.now });
    const token = tokens.mint(actingUser(clock.seconds()), 'thing-service');

    const other = internalTokenVerifier({ audience: 'other-service', secret, now: clock.now });
    await expect(other.verify(token)).rejects.toEqual(code('audience'));
    const thing = internalTokenVerifier({ audience: 'thing-service', secret, now: clock.now });
    await expect(thing.verify(token)).resolves.toMatchObject({ sub: 'u1', tid: 't1', azp: 'web-bff' });
  });

  test('an internal token is rejected after it expired, although its verification was cached', async () => {
    const time = stoppedClock();
    const tokens = createInternalTokens({ azp: 'web-bff', keys: { alg: 'HS256', secret }, now: time.now });
    const verifier = internalTokenVerifier({ audience: 'thing-service', secret, now: time.now });
    const token = tokens.mint(actingUser(time.seconds()), 'thing-service');

    await verifier.verify(token);
    time.advance(304);
    await expect(verifier.verify(token)).resolves.toMatchObject({ sub: 'u1' });
    time.advance(1);
    await expect(verifier.verify(token)).rejects.toEqual(code('expired'));
  });

  test('M6 internal tokens of the new and the old secret are accepted during a rotation', async () => {
    const verifier = internalTokenVerifier({
      audience: 'thing-service',
      secret: ['n'.repeat(32), secret],
      now: clock.now,
    });
    const old = createInternalTokens({ azp: 'web-bff', keys: { alg: 'HS256', secret }, now: clock.now });

    await expect(
      verifier.verify(old.mint(actingUser(clock.seconds()), 'thing-service')),
    ).resolves.toBeDefined();
    old.rotate({ alg: 'HS256', secret: 'n'.repeat(32) });
    await expect(
      verifier.verify(old.mint(actingUser(clock.seconds()), 'thing-service')),
    ).resolves.toBeDefined();
    old.rotate({ alg: 'HS256', secret: 'x'.repeat(32) });
    await expect(verifier.verify(old.mint(actingUser(clock.seconds()), 'thing-service'))).rejects.toEqual(
      code('signature'),
    );
  });

  test.each([
    ['no key at all', {}],
    ['empty lists', { secret: [], jwksUris: [] }],
    ['both kinds of key', { secret, jwksUris: ['http://localhost/'] }],
    ['a short secret', { secret: 'short' }],
    ['an empty secret beside a valid one', { secret: [secret, ''] }],
  ])('a verifier of internal tokens with %s is rejected at start', (_title, keys) => {
    expect(() => internalTokenVerifier({ audience: 'thing-service', ...keys })).toThrow(TypeError);
  });
});

describe('published keys', () => {
  const random = (index: number) => signed({ ...two, kid: `random-${index}` }, { typ: 'JWT' }, claims);

  test('W4 the keys of internal tokens are fetched once per cool-down, however many random kids arrive', async () => {
    const time = stoppedClock();
    const publisher = await published(one);
    const verifier = internalTokenVerifier({
      audience: 'thing-service',
      jwksUris: [publisher.url],
      now: time.now,
    });
    const flood = () =>
      Promise.allSettled(Array.from({ length: 50 }, (_, index) => verifier.verify(random(index))));

    await flood();
    await flood();
    expect(publisher.calls()).toBe(1);
    time.advance(30);
    await flood();
    expect(publisher.calls()).toBe(2);
    publisher.down = true;
    time.advance(30);
    await flood();
    await flood();
    expect(publisher.calls()).toBe(3);
  });

  test('M6 many concurrent first internal tokens share one fetch of the keys, and all are accepted', async () => {
    const publisher = await published(one);
    const verifier = internalTokenVerifier({
      audience: 'thing-service',
      jwksUris: [publisher.url],
      now: clock.now,
    });
    const tokens = Array.from({ length: 20 }, (_, index) =>
      signed(one, { typ: 'JWT' }, { ...claims, jti: `j${index}` }),
    );

    await expect(Promise.all(tokens.map((token) => verifier.verify(token)))).resolves.toHaveLength(20);
    expect(publisher.calls()).toBe(1);
  });

  test('M6 during two rotations of the keys under a flood of random kids, no valid internal token is rejected', async () => {
    const time = stoppedClock();
    const tokens = createInternalTokens({ azp: 'web-bff', keys: es256, now: time.now });
    const publisher = await published();
    const verifier = internalTokenVerifier({
      audience: 'thing-service',
      jwksUris: [publisher.url],
      now: time.now,
    });
    const pairs = [two, keyPair('ES256', 'three')];
    const kids = new Set<string>();
    let checked = 0;
    for (let second = 0; second < 900; second += 1) {
      const pair = pairs[second / 400];
      if (pair) tokens.rotate({ alg: 'ES256', current: { kid: pair.kid, privateKeyPem: pemOf(pair) } });
      publisher.keys = tokens.jwks().keys;
      await verifier.verify(random(second)).catch(() => undefined);
      const who = actingUser(time.seconds());
      for (const token of [
        tokens.bearerFor({ ...who, expiresAt: 4e9 })('thing-service'),
        tokens.mint(who, 'thing-service'),
      ]) {
        await verifier.verify(token);
        checked += 1;
        kids.add(JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid);
      }
      time.advance(1);
    }
    expect(checked).toBe(1800);
    expect([...kids]).toEqual(['one', 'two', 'three']);
  });

  test('while the publisher of the keys is down, the old key set stays in use, and ProviderUnavailable is thrown only if no set was ever fetched', async () => {
    const time = stoppedClock();
    const publisher = await published(one);
    const options = { audience: 'thing-service', jwksUris: [publisher.url], now: time.now };
    const good = () =>
      signed(one, { typ: 'JWT' }, { ...claims, iat: time.seconds(), exp: time.seconds() + 300 });
    const early = internalTokenVerifier(options);
    await early.verify(good());

    publisher.down = true;
    const late = internalTokenVerifier(options);
    await expect(late.verify(good())).rejects.toBeInstanceOf(ProviderUnavailable);
    time.advance(86_400);
    await expect(early.verify(good())).resolves.toBeDefined();
    await expect(early.verify(random(0))).rejects.toBeInstanceOf(TokenRefused);

    publisher.down = false;
    await expect(late.verify(good())).resolves.toBeDefined();
  });

  test('an internal token is accepted when one of several JWKS publishers has its key, even if another publisher is down', async () => {
    const [dead, web, mobile] = [await published(), await published(one), await published(two)];
    dead.down = true;
    const jwksUris = [dead.url, web.url, mobile.url];
    const verifier = internalTokenVerifier({ audience: 'thing-service', jwksUris, now: clock.now });

    for (const pair of [one, two])
      await expect(verifier.verify(signed(pair, { typ: 'JWT' }, claims))).resolves.toMatchObject(claims);
  });
});

describe('middleware', () => {
  const tokens = createInternalTokens({ azp: 'web-bff', keys: { alg: 'HS256', secret } });
  const token = tokens.mint(actingUser(Math.floor(Date.now() / 1000)), 'thing-service');
  const app = (
    verifier: InternalTokenVerifier = internalTokenVerifier({ audience: 'thing-service', secret }),
  ) =>
    express()
      .use(requireInternalToken(verifier))
      .get('/things', (incoming, response) => void response.json(internalClaimsOf(incoming)));

  test('M6 the middleware passes on a request with a valid internal token, with its claims', async () => {
    const answer = await request(app()).get('/things').set('Authorization', `Bearer ${token}`);
    expect(answer.body).toMatchObject({ sub: 'u1', tid: 't1', aud: 'thing-service' });
  });

  test.each([
    ['no Authorization field', [], 'Bearer'],
    ['another scheme', ['Basic YTpi'], 'Bearer error="invalid_token", error_description="malformed"'],
    ['no token', ['Bearer'], 'Bearer error="invalid_token", error_description="malformed"'],
    [
      'two Authorization fields',
      [`Bearer ${token}`, `Bearer ${token}`],
      'Bearer error="invalid_token", error_description="malformed"',
    ],
    ['a tampered token', [`Bearer ${token}x`], 'Bearer error="invalid_token", error_description="signature"'],
    [
      'a forged token',
      [`Bearer ${signed(one, {}, claims)}`],
      'Bearer error="invalid_token", error_description="algorithm"',
    ],
  ])(
    'M6 the middleware answers a request with %s with a 401 problem',
    async (_title, authorization, challenge) => {
      const answer = await request(app())
        .get('/things?q=secret')
        .set('Authorization', authorization as unknown as string);

      expect(answer.status).toBe(401);
      expect(answer.type).toBe('application/problem+json');
      expect(answer.headers['www-authenticate']).toBe(challenge);
      expect(answer.body).toMatchObject({
        type: '/problems/not-authenticated',
        status: 401,
        instance: '/things',
      });
    },
  );

  test('the middleware answers 503 with Retry-After while no key was ever fetched', async () => {
    const verifier = internalTokenVerifier({ audience: 'thing-service', jwksUris: ['http://127.0.0.1:1/'] });
    const es = createInternalTokens({ azp: 'web-bff', keys: es256 });
    const answer = await request(app(verifier))
      .get('/things')
      .set('Authorization', `Bearer ${es.mint(actingUser(Math.floor(Date.now() / 1000)), 'thing-service')}`);

    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
  });

  test('internalClaimsOf throws when the middleware requireInternalToken is missing', () => {
    expect(() => internalClaimsOf({} as never)).toThrow('requireInternalToken');
  });
});
