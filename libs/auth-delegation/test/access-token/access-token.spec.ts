import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createMemoryStore, Problem } from '@bff/service-kit';
import { accessTokenVerifier, type AccessTokenVerifier, type RequestFacts } from '../../src/index.ts';
import { tryAttacks } from '../world/attack.ts';
import { facts } from '../world/client.ts';
import { stoppedClock } from '../world/clock.ts';
import { forge, keyPair, publicJwk, signed, signerOf } from '../world/forge.ts';
import { hostileTokens, publicPartsOf, wrongClaims, type GoodToken } from '../world/hostile-tokens.ts';
import { startIssuer, type TestIssuer } from '../world/test-issuer.ts';

const clock = stoppedClock();
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer('PS256');
});
afterAll(() => issuer.close());

const header = { typ: 'at+jwt' };
const claims = () => ({
  iss: issuer.issuer,
  sub: 't1-erp',
  client_id: 't1-erp',
  aud: 'partner-bff',
  jti: 'j1',
  iat: clock.seconds(),
  exp: clock.seconds() + 600,
  tid: 't1',
  roles: ['reader'],
});
const create = (changes: object = {}): AccessTokenVerifier =>
  accessTokenVerifier({
    issuer: issuer.issuer,
    audience: 'partner-bff',
    allowInsecure: true,
    replayStore: createMemoryStore({ clock: clock.now }),
    now: clock.now,
    ...changes,
  });
const withToken = (token: string): RequestFacts => facts({ authorization: [`Bearer ${token}`] });
const good = (changes: object = {}) => signed(issuer.key, header, { ...claims(), ...changes });
const refusal = (challenge: string | RegExp) =>
  expect.objectContaining({
    type: 'not-authenticated',
    status: 401,
    headers: { 'WWW-Authenticate': expect.stringMatching(challenge) },
  });
const is401 = (error: unknown) => error instanceof Problem && error.status === 401;

describe('a valid access token', () => {
  test('F71 a valid access token is accepted while the issuer is down, by a replica that fetched the keys at start', async () => {
    const verifier = create();
    await verifier.prefetch();
    issuer.down = true;
    try {
      await expect(verifier.verify(withToken(good()))).resolves.toMatchObject({ subject: 't1-erp' });
      const late = create();
      await late.prefetch();
      await expect(late.verify(withToken(good()))).rejects.toMatchObject({ status: 503 });
    } finally {
      issuer.down = false;
    }
  });

  test('M1 a valid access token gives an identity with its subject, client, tenants and roles', async () => {
    await expect(create().verify(withToken(good()))).resolves.toEqual({
      subject: 't1-erp',
      clientId: 't1-erp',
      tenants: ['t1'],
      roles: ['reader'],
      permissions: [],
      scopes: [],
      authTime: clock.seconds(),
      establishedAt: clock.seconds() + 1,
      expiresAt: clock.seconds() + 630,
    });
  });

  test.each([
    ['the media type with its prefix application/', { header: { typ: 'application/at+jwt' } }, {}],
    ['a media type in capitals', { header: { typ: 'AT+JWT' } }, {}],
    ['this app as one of several audiences', { payload: { aud: ['other', 'partner-bff'] } }, {}],
    ['several tenants', { payload: { tid: ['t1', 't2'] } }, { tenants: ['t1', 't2'] }],
    ['no tenant', { payload: { tid: undefined } }, { tenants: [] }],
    ['a role as a string instead of a list', { payload: { roles: 'reader' } }, { roles: ['reader'] }],
    ['an iat 30 s in the future', { payload: { iat: clock.seconds() + 30 } }, {}],
    [
      'an expiry 29 s ago, within the clock tolerance',
      { payload: { exp: clock.seconds() - 29, iat: clock.seconds() - 600 } },
      {},
    ],
  ])(
    'M1 an access token with %s is accepted',
    async (_title, { header: more, payload }: { header?: object; payload?: object }, expected) => {
      const token = signed(issuer.key, { ...header, ...more }, { ...claims(), ...payload });
      await expect(create().verify(withToken(token))).resolves.toMatchObject(expected);
    },
  );

  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'M1 an access token that is signed with %s is accepted',
    async (alg) => {
      const other = await startIssuer(alg);
      const verifier = create({ issuer: other.issuer });
      const token = signed(other.key, header, { ...claims(), iss: other.issuer });

      await expect(verifier.verify(withToken(token))).resolves.toMatchObject({ subject: 't1-erp' });
      await other.close();
    },
  );

  test('the tenants and roles of an access token are read from the claims that claimNames configures', async () => {
    const verifier = create({ claimNames: { tenants: 'https://t1.example/tenant', roles: 'groups' } });
    const token = good({ 'https://t1.example/tenant': 't2', groups: ['a', 'b'] });
    await expect(verifier.verify(withToken(token))).resolves.toMatchObject({
      tenants: ['t2'],
      roles: ['a', 'b'],
    });
  });

  test('an access token is rejected after it expired, although its verification was cached', async () => {
    const time = stoppedClock();
    const verifier = create({ now: time.now });
    const token = good();
    await verifier.verify(withToken(token));
    time.advance(629);
    await expect(verifier.verify(withToken(token))).resolves.toBeDefined();
    time.advance(1);
    await expect(verifier.verify(withToken(token))).rejects.toEqual(refusal('expired'));
  });

  test('an access token is accepted for five minutes after the issuer withdrew its key, because its verification was cached', async () => {
    const time = stoppedClock();
    const other = await startIssuer('ES256');
    const verifier = create({ issuer: other.issuer, now: time.now });
    const token = signed(other.key, header, { ...claims(), iss: other.issuer });
    await verifier.verify(withToken(token));
    other.keys = [publicJwk(keyPair('ES256', 'next'))];

    time.advance(299);
    await expect(verifier.verify(withToken(token))).resolves.toBeDefined();
    time.advance(1);
    // The key set is as old as the cached verification: it is used once more while the new set is fetched.
    await verifier.verify(withToken(`${good()}`)).catch(() => undefined);
    await expect(verifier.verify(withToken(token))).rejects.toEqual(refusal('unknown-key'));
    await other.close();
  });
});

describe('hostile access tokens', () => {
  test('M1 every hostile access token is rejected, with three fetches of the keys', async () => {
    const goodToken: GoodToken = {
      header: { alg: 'PS256', kid: issuer.key.kid, ...header },
      payload: claims(),
      signer: signerOf(issuer.key),
      publicParts: publicPartsOf(issuer.key),
    };
    const now = clock.seconds();
    const wrong = {
      iss: [
        undefined,
        '',
        `${issuer.issuer}/`,
        issuer.issuer.toUpperCase(),
        'https://evil.example',
        [issuer.issuer],
        null,
        1,
      ],
      aud: [
        undefined,
        '',
        'partner-bff2',
        'web-bff',
        ['web-bff'],
        [],
        [['partner-bff']],
        { 0: 'partner-bff' },
        null,
        1,
      ],
      sub: [undefined, '', null, 1, ['t1-erp']],
      client_id: [undefined, '', null, 1, ['t1-erp']],
      jti: [undefined, '', null, 1],
      iat: [undefined, null, `${now}`, now + 31, 1e300],
      exp: [undefined, null, `${now + 600}`, now - 30, 0, -1],
      nbf: [now + 31, 'soon', null],
      tid: [1, [''], [1], {}, [['t1']]],
      roles: [1, [''], [1], {}],
      auth_time: ['now'],
      cnf: [
        'x',
        [],
        {},
        { jkt: '' },
        { jkt: 1 },
        { 'x5t#S256': 1 },
        { jwk: {} },
        { kid: 'k' },
        { jkt: 'abc' },
        { 'x5t#S256': 'abc' },
      ],
    };
    const types = [
      undefined,
      'JWT',
      'jwt',
      'at+JWT2',
      'at',
      'id+jwt',
      'logout+jwt',
      'dpop+jwt',
      'application/jwt',
      'text/at+jwt',
      'x/application/at+jwt',
      '',
      1,
      null,
      ['at+jwt'],
    ];
    const vectors = [
      // Several spaces after the scheme are permitted (RFC 9110, section 11.4).
      ...[...hostileTokens(goodToken)].filter(({ title }) => title !== 'space in front'),
      ...wrongClaims(goodToken, wrong),
      ...types.map((typ) => ({ title: `typ ${String(typ)}`, token: signed(issuer.key, { typ }, claims()) })),
    ];
    const verifier = create();
    const before = issuer.calls['/jwks'];

    const { tried, ...siege } = await tryAttacks(
      vectors,
      (token) => verifier.verify(withToken(token)),
      is401,
    );

    expect(siege).toEqual({ through: [], crashed: [] });
    expect(tried).toBeGreaterThan(900);
    expect(issuer.calls['/jwks'] - before).toBe(3);
    await expect(verifier.verify(withToken(good()))).resolves.toBeDefined();
  });

  test('M1 an ID token is rejected as an access token', async () => {
    const idToken = signed(issuer.key, { typ: 'JWT' }, { ...claims(), nonce: 'n', at_hash: 'h' });
    await expect(create().verify(withToken(idToken))).rejects.toEqual(refusal('invalid_token.*type'));
  });

  test('an access token is rejected when its published key is too short or malformed', async () => {
    const other = await startIssuer('RS256');
    const token = signed(other.key, header, { ...claims(), iss: other.issuer });
    for (const spoilt of [
      { n: 'AQAB' },
      { e: '' },
      { n: '!' },
      { kty: 'oct', k: 'AAAA' },
      { use: 'enc' },
      { key_ops: ['sign'] },
    ]) {
      other.keys = [{ ...publicJwk(other.key), ...spoilt }];
      await expect(create({ issuer: other.issuer }).verify(withToken(token))).rejects.toEqual(
        refusal('invalid_token'),
      );
    }
    await other.close();
  });
});

describe('the Authorization field', () => {
  test.each([
    ['no Authorization field', undefined, /^Bearer, DPoP algs="[\w ]+"$/],
    ['another scheme', ['Basic YTpi'], /^Bearer error="invalid_request"/],
    ['a scheme without a token', ['Bearer'], /^Bearer error="invalid_request"/],
    ['two tokens in one field', ['Bearer a, Bearer b'], /^Bearer error="invalid_request"/],
    ['a space in the token', ['Bearer a b'], /^Bearer error="invalid_request"/],
    ['a line break', ['Bearer a\n'], /^Bearer error="invalid_request"/],
    ['an empty Authorization field', [''], /^Bearer error="invalid_request"/],
  ])('M1 a request with %s is rejected', async (_title, authorization, challenge) => {
    await expect(create().verify(facts({ authorization }))).rejects.toEqual(refusal(challenge));
  });

  test('M1 a request with two Authorization fields is rejected, even if both have the same valid token', async () => {
    const authorization = [`Bearer ${good()}`, `Bearer ${good()}`];
    await expect(create().verify(facts({ authorization }))).rejects.toEqual(refusal('invalid_request'));
  });

  test('M1 an access token is accepted in the Authorization field only, and ignored in the query', async () => {
    const request = facts({ url: `https://partner.example/v1/things?access_token=${good()}` });
    await expect(create().verify(request)).rejects.toEqual(refusal(/^Bearer, DPoP/));
  });
});

describe('the issuer', () => {
  test('an issuer whose JWKS address is configured needs no discovery', async () => {
    const before = issuer.calls['/.well-known/openid-configuration'];
    const verifier = create({ jwksUri: `${issuer.issuer}/jwks` });
    await expect(verifier.verify(withToken(good()))).resolves.toBeDefined();
    expect(issuer.calls['/.well-known/openid-configuration']).toBe(before);
  });

  test('while an issuer is down from the start, access tokens get 503 with Retry-After, and are accepted when it is up', async () => {
    const time = stoppedClock();
    const other = await startIssuer('ES256');
    const token = signed(other.key, header, { ...claims(), iss: other.issuer });
    const verifier = create({ issuer: other.issuer, now: time.now });
    other.down = true;
    const unavailable = expect.objectContaining({ type: 'unavailable', headers: { 'Retry-After': '2' } });

    await expect(verifier.verify(withToken(token))).rejects.toEqual(unavailable);
    await expect(verifier.verify(withToken(token))).rejects.toEqual(unavailable);
    expect(other.calls['/.well-known/openid-configuration']).toBe(1);
    other.down = false;
    time.advance(1);
    await expect(verifier.verify(withToken(token))).resolves.toBeDefined();
    await other.close();
  });

  test.each([
    ['whose metadata names another issuer', { issuer: 'https://evil.example' }],
    ['whose metadata has no jwks_uri', { jwks_uri: undefined }],
  ])('an issuer %s is rejected', async (_title, metadata) => {
    const other = await startIssuer('ES256');
    other.metadata = metadata;
    const token = signed(other.key, header, { ...claims(), iss: other.issuer });
    await expect(create({ issuer: other.issuer }).verify(withToken(token))).rejects.toMatchObject({
      status: 503,
    });
    await other.close();
  });

  test('an issuer with keys over http is rejected unless development permits it', async () => {
    const verifier = create({ allowInsecure: false });
    await expect(verifier.verify(withToken(good()))).rejects.toMatchObject({ status: 503 });
  });

  test('M6 when an issuer rotates its key, no valid access token is rejected', async () => {
    const time = stoppedClock();
    const other = await startIssuer('ES256');
    const next = keyPair('ES256', 'next');
    const verifier = create({ issuer: other.issuer, now: time.now });
    const token = (key: typeof next, jti: number) =>
      forge(
        { alg: 'ES256', kid: key.kid, ...header },
        { ...claims(), iss: other.issuer, jti: `j${jti}` },
        signerOf(key),
      );
    await verifier.verify(withToken(token(other.key, 0)));
    time.advance(30);
    other.keys = [publicJwk(next), publicJwk(other.key)];

    const answers = await Promise.allSettled(
      Array.from({ length: 100 }, (_, jti) =>
        verifier.verify(withToken(token(jti % 2 ? next : other.key, jti))),
      ),
    );
    expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(other.calls['/jwks']).toBe(2);
    await other.close();
  });
});

test('F37 a token signed with a key that was created just before an outage gets 503 instead of 401, and is accepted after the outage', async () => {
  const verifier = create();
  await verifier.prefetch();
  const next = keyPair('PS256', 'next');
  const token = withToken(signed(next, header, claims()));
  issuer.down = true;
  for (let call = 0; call < 4; call += 1) {
    await expect(verifier.verify(token)).rejects.toMatchObject({ status: 503 });
    clock.advance(2);
  }
  issuer.down = false;
  issuer.keys = [publicJwk(issuer.key), publicJwk(next)];
  await expect(verifier.verify(token)).resolves.toMatchObject({ subject: 't1-erp' });
  issuer.keys = [publicJwk(issuer.key)];
});
