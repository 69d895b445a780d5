import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { X509Certificate, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { selfSignedCertificate } from '@bff/testbed';
import { createMemoryStore, Problem, StateUnavailable } from '@bff/service-kit';
import type { CertificateHeader } from '../../src/access-token/certificate-headers.ts';
import { accessTokenVerifier, requestFacts, type RequestFacts } from '../../src/index.ts';
import { tryAttacks } from '../world/attack.ts';
import { facts, jwkThumbprint, proof, sha256, type ProofChanges } from '../world/client.ts';
import { stoppedClock } from '../world/clock.ts';
import { forge, hmac, keyPair, signed, signerOf, unsigned } from '../world/forge.ts';
import {
  algorithmSwaps,
  brokenEncodings,
  signatureMutations,
  tamperedClaims,
  wrongClaims,
} from '../world/hostile-tokens.ts';
import { startIssuer, type TestIssuer } from '../world/test-issuer.ts';

const clock = stoppedClock();
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer('ES256');
});
afterAll(() => issuer.close());

const token = (cnf?: object) =>
  signed(
    issuer.key,
    { typ: 'at+jwt' },
    {
      iss: issuer.issuer,
      sub: 't1-erp',
      client_id: 't1-erp',
      aud: 'partner-bff',
      jti: 'j1',
      iat: clock.seconds(),
      exp: clock.seconds() + 600,
      tid: 't1',
      cnf,
    },
  );
const create = (changes: object = {}) =>
  accessTokenVerifier({
    issuer: issuer.issuer,
    audience: 'partner-bff',
    allowInsecure: true,
    replayStore: createMemoryStore({ clock: clock.now }),
    now: clock.now,
    ...changes,
  });
const refusal = (challenge: RegExp) =>
  expect.objectContaining({ status: 401, headers: { 'WWW-Authenticate': expect.stringMatching(challenge) } });
const badProof = (code: string) =>
  refusal(new RegExp(`^DPoP error="invalid_dpop_proof", error_description="${code}", algs="`));
const isBadProof = (error: unknown) =>
  error instanceof Problem &&
  /^DPoP error="invalid_dpop_proof"/.test(error.headers['WWW-Authenticate'] ?? '');

describe('tokens bound to a DPoP key', () => {
  const key = keyPair('ES256', 'client');
  // Issued once: signatures of ES256 differ each time, and a proof is for one token.
  let issued: string | undefined;
  const bound = () => (issued ??= token({ jkt: jwkThumbprint(key) }));
  const dpop = (
    proofs: string | readonly string[],
    accessToken = bound(),
    changes: Partial<RequestFacts> = {},
  ) => facts({ authorization: [`DPoP ${accessToken}`], headers: { dpop: [proofs].flat() }, ...changes });
  const prove = (changes?: ProofChanges, accessToken = bound()) =>
    proof(key, accessToken, clock.seconds(), changes);

  test.each(['ES256', 'RS256', 'PS256', 'EdDSA'])(
    'M2 a DPoP proof that is signed with %s is accepted',
    async (alg) => {
      const pair = keyPair(alg);
      const accessToken = token({ jkt: jwkThumbprint(pair) });
      const request = dpop(proof(pair, accessToken, clock.seconds()), accessToken);
      await expect(create().verify(request)).resolves.toMatchObject({ subject: 't1-erp' });
    },
  );

  test.each([
    ['a query and a fragment in htu', 'https://partner.example/v1/things?x=1#y'],
    ['the default port', 'https://partner.example:443/v1/things'],
    ['capitals in scheme and host', 'HTTPS://PARTNER.example/v1/things'],
    ['needless percent-encoding', 'https://partner.example/v1/%74hings'],
    ['dot segments', 'https://partner.example/v1/x/../things'],
  ])('M2 a DPoP proof is accepted despite %s', async (_title, htu) => {
    await expect(create().verify(dpop(prove({ payload: { htu } })))).resolves.toBeDefined();
  });

  test('M2 every hostile DPoP proof is rejected', async () => {
    const accessToken = bound();
    const now = clock.seconds();
    const other = keyPair('ES256', 'other');
    const jwk = key.publicKey.export({ format: 'jwk' });
    const payload = {
      jti: 'j',
      htm: 'GET',
      htu: 'https://partner.example/v1/things',
      iat: now,
      ath: sha256(accessToken),
    };
    const good = {
      header: { alg: 'ES256', typ: 'dpop+jwt', jwk },
      payload,
      signer: signerOf(key),
      publicParts: [JSON.stringify(jwk)],
    };
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const headers: Record<string, unknown>[] = [
      ...[undefined, '', 'JWT', 'jwt', 'at+jwt', 'dpop', 'dpop+jwt2', 1, null, ['dpop+jwt']].map((typ) => ({
        typ,
      })),
      ...[
        undefined,
        null,
        '',
        1,
        [],
        {},
        'jwk',
        { kty: 'EC' },
        { ...jwk, x: '' },
        { ...jwk, crv: 'P-384' },
        { ...jwk, y: jwk.x },
      ].map((value) => ({ jwk: value })),
      { jwk: key.privateKey.export({ format: 'jwk' }) },
      { jwk: { kty: 'oct', k: 'c2VjcmV0' } },
      { jwk: { ...jwk, k: 'c2VjcmV0' } },
      { jwk: { ...jwk, use: 'enc' } },
      { jwk: { ...jwk, alg: 'RS256' } },
      { jwk: other.publicKey.export({ format: 'jwk' }) },
      { jwk: small.publicKey.export({ format: 'jwk' }), alg: 'RS256' },
      { jwk: undefined, jku: 'https://attacker.example/' },
      { jwk: undefined, kid: 'k' },
      { crit: ['exp'] },
      { crit: [] },
      { crit: ['b64'], b64: false },
      { crit: ['b64'], b64: true },
    ];
    const vectors = [
      ...algorithmSwaps(good),
      ...signatureMutations(good),
      ...tamperedClaims(good),
      ...brokenEncodings(good),
      ...wrongClaims(good, {
        jti: [undefined, '', null, 1, 'x'.repeat(257), ['j']],
        htm: [undefined, '', null, 'POST', 'get', 'GET ', 'HEAD', ['GET']],
        htu: [
          undefined,
          '',
          null,
          1,
          '/v1/things',
          'v1/things',
          '//partner.example/v1/things',
          'http://partner.example/v1/things',
          'https://partner.example/v1/things/',
          'https://partner.example/v1/Things',
          'https://partner.example:8443/v1/things',
          'https://evil.example/v1/things',
          'https://partner.example.evil.example/v1/things',
          'https://partner.example@evil.example/v1/things',
          'https://user@partner.example/v1/things',
          'https://partner.example/v1',
          'https://partner.example/v1/things%2F',
          'javascript:alert(1)',
          'not a uri',
        ],
        iat: [undefined, null, `${now}`, now + 31, now - 91, 0, -1, now + 0.5, 1e300],
        ath: [undefined, '', null, 1, sha256(`${accessToken}x`), accessToken, `${sha256(accessToken)}=`],
        nbf: [now + 3600],
        exp: [now - 3600],
      }),
      ...headers.map((change) => ({
        title: JSON.stringify(change).slice(0, 60),
        token: forge(
          { ...good.header, ...change },
          payload,
          change['alg'] === 'RS256' ? signerOf({ ...other, ...small, alg: 'RS256' }) : good.signer,
        ),
      })),
      { title: 'true proof of another key', token: proof(other, accessToken, now) },
      { title: 'unsigned', token: forge({ ...good.header, alg: 'none' }, payload, unsigned) },
      {
        title: 'symmetric',
        token: forge(
          { alg: 'HS256', typ: 'dpop+jwt', jwk: { kty: 'oct', k: 'c2VjcmV0' } },
          payload,
          hmac('HS256', 'secret'),
        ),
      },
    ];
    const verifier = create();

    const { tried, ...siege } = await tryAttacks(
      vectors,
      (each) => verifier.verify(dpop(each, accessToken)),
      isBadProof,
    );

    expect(siege).toEqual({ through: [], crashed: [] });
    expect(tried).toBeGreaterThan(400);
  });

  test('M2 a request without exactly one DPoP proof is rejected', async () => {
    await expect(create().verify(dpop([]))).rejects.toEqual(badProof('missing'));
    await expect(create().verify(dpop([prove(), prove()]))).rejects.toEqual(badProof('malformed'));
    await expect(create().verify(dpop(`${prove()}, ${prove()}`))).rejects.toEqual(badProof('malformed'));
  });

  test('M2 a DPoP proof is accepted only once, even for the same request, and is stored as long as it could be used', async () => {
    const time = stoppedClock();
    const store = createMemoryStore({ clock: time.now });
    const [one, other] = [
      create({ replayStore: store, now: time.now }),
      create({ replayStore: store, now: time.now }),
    ];
    const once = prove({ payload: { iat: time.seconds() + 30 } });

    await expect(one.verify(dpop(once))).resolves.toBeDefined();
    for (const seconds of [0, 1, 60, 59]) {
      time.advance(seconds);
      await expect(other.verify(dpop(once))).rejects.toEqual(badProof('replayed'));
    }
    time.advance(1);
    await expect(other.verify(dpop(once))).rejects.toEqual(badProof('expired'));
  });

  test('M2 of many concurrent replays of a DPoP proof, exactly one is accepted', async () => {
    const verifier = create();
    const once = prove();
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => verifier.verify(dpop(once))));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('M2 two DPoP proofs with the same jti are accepted if their keys differ', async () => {
    const verifier = create();
    const other = keyPair('ES256', 'other');
    const theirs = token({ jkt: jwkThumbprint(other) });
    await verifier.verify(dpop(prove({ payload: { jti: 'same' } })));
    const second = proof(other, theirs, clock.seconds(), { payload: { jti: 'same' } });
    await expect(verifier.verify(dpop(second, theirs))).resolves.toBeDefined();
  });

  test('M2 a rejected DPoP proof is not stored, so that garbage does not fill the store', async () => {
    let added = 0;
    const replayStore = { ...createMemoryStore(), add: async () => ((added += 1), true) };
    const verifier = create({ replayStore });
    await expect(verifier.verify(dpop(prove({ payload: { htm: 'PUT' } })))).rejects.toEqual(
      badProof('method'),
    );
    expect(added).toBe(0);
  });

  test('M2 a DPoP-bound token that is sent as Bearer is rejected, with or without its proof', async () => {
    const authorization = [`Bearer ${bound()}`];
    for (const headers of [{}, { dpop: [prove()] }])
      await expect(create().verify(facts({ authorization, headers }))).rejects.toEqual(
        refusal(/error="invalid_token"/),
      );
  });

  test('M2 a token that is not DPoP-bound is rejected when it is sent as DPoP', async () => {
    const free = token();
    const request = dpop(proof(key, free, clock.seconds()), free);
    await expect(create().verify(request)).rejects.toEqual(refusal(/^DPoP error="invalid_token"/));
  });

  test("M2 the DPoP proof is checked on every request, even if the token's verification is cached", async () => {
    const verifier = create();
    await verifier.verify(dpop(prove()));
    await expect(verifier.verify(dpop(prove({ payload: { ath: sha256('other') } })))).rejects.toEqual(
      badProof('access-token'),
    );
  });

  test('M2 no DPoP proof is accepted while proofs cannot be stored', async () => {
    const add = () => Promise.reject(new StateUnavailable('down'));
    const verifier = create({ replayStore: { ...createMemoryStore(), add } });
    await expect(verifier.verify(dpop(prove()))).rejects.toBeInstanceOf(StateUnavailable);
  });
});

describe('tokens bound to a client certificate', () => {
  const folder = mkdtempSync(`${tmpdir()}/auth-delegation-`);
  afterAll(() => rmSync(folder, { recursive: true }));
  const certificate = (name: string) => {
    const { key, cert } = selfSignedCertificate(folder, name);
    return { key, cert, der: new X509Certificate(cert).raw };
  };
  const erp = certificate('t1-erp');
  const other = certificate('other');
  const bound = () => token({ 'x5t#S256': sha256(erp.der) });
  const asClient = (changes: Partial<RequestFacts>) =>
    facts({ authorization: [`Bearer ${bound()}`], ...changes });
  const standard = (der: Buffer) => ({ 'client-cert': [`:${der.toString('base64')}:`] });
  const nginx = (pem: string) => ({ 'x-client-cert': [encodeURIComponent(pem)] });
  const proxied = (clientCertHeader: CertificateHeader) =>
    create({ trustedProxies: ['10.0.0.0/8', '192.0.2.1', '2001:db8::/32'], clientCertHeader });
  const only = (headers: object) => Object.keys(headers).at(-1) as CertificateHeader;

  test('M3 a certificate-bound token is accepted over a TLS connection with its certificate', async () => {
    await expect(create().verify(asClient({ peerCertificate: () => erp.der }))).resolves.toBeDefined();
  });

  test.each([
    ['no certificate', undefined],
    ['another certificate', other.der],
    ['an empty certificate', Buffer.alloc(0)],
  ])('M3 a certificate-bound token is rejected over a connection with %s', async (_title, der) => {
    await expect(create().verify(asClient({ peerCertificate: () => der }))).rejects.toEqual(
      refusal(/invalid_token.*binding/),
    );
  });

  test.each(['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.1', '2001:db8::7'])(
    'M3 the certificate field of the trusted proxy %s is accepted',
    async (peerAddress) => {
      for (const headers of [standard(erp.der), nginx(erp.cert)])
        await expect(
          proxied(only(headers)).verify(asClient({ headers, peerAddress })),
        ).resolves.toBeDefined();
    },
  );

  test.each(['203.0.113.9', '11.0.0.1', '::ffff:192.0.2.2', '2001:db9::1', '::1', '', 'garbage', undefined])(
    'M3 the certificate field of the untrusted address %s is ignored',
    async (peerAddress) => {
      for (const headers of [standard(erp.der), nginx(erp.cert)])
        for (const verifier of [proxied(only(headers)), create()])
          await expect(verifier.verify(asClient({ headers, peerAddress }))).rejects.toEqual(
            refusal(/binding/),
          );
    },
  );

  test.each([
    ['another certificate', standard(other.der)],
    ['no certificate field', {}],
    ['the field of another proxy', { 'ssl-client-cert': nginx(erp.cert)['x-client-cert'] }],
    [
      'the certificate field twice',
      { 'client-cert': [`:${erp.der.toString('base64')}:`, `:${erp.der.toString('base64')}:`] },
    ],
    [
      'a list of two certificates',
      { 'client-cert': [`:${erp.der.toString('base64')}:, :${other.der.toString('base64')}:`] },
    ],
    ['base64 without the colons of RFC 8941', { 'client-cert': [erp.der.toString('base64')] }],
    ['malformed percent-encoding', { 'x-client-cert': ['%E0%A4%A'] }],
    ['two PEM blocks', nginx(other.cert + erp.cert)],
    ['text before the PEM block', nginx(`x${erp.cert}`)],
    ['an empty certificate field', { 'x-client-cert': [''] }],
  ])('M3 a certificate-bound token is rejected when the trusted proxy sends %s', async (_title, headers) => {
    // The proxy's own certificate would match, but it is not the client's.
    const request = asClient({ headers, peerAddress: '10.1.2.3', peerCertificate: () => erp.der });
    const field = 'x-client-cert' in headers ? 'x-client-cert' : 'client-cert';
    await expect(proxied(field).verify(request)).rejects.toEqual(refusal(/binding/));
  });

  test('M3 a token that is bound to a DPoP key and to a certificate needs both', async () => {
    const key = keyPair('ES256', 'client');
    const both = token({ jkt: jwkThumbprint(key), 'x5t#S256': sha256(erp.der) });
    const request = (der?: Buffer) =>
      facts({
        authorization: [`DPoP ${both}`],
        headers: { dpop: [proof(key, both, clock.seconds())] },
        peerCertificate: () => der,
      });
    await expect(create().verify(request(erp.der))).resolves.toBeDefined();
    await expect(create().verify(request())).rejects.toEqual(refusal(/invalid_token/));
    await expect(
      create().verify(facts({ authorization: [`Bearer ${both}`], peerCertificate: () => erp.der })),
    ).rejects.toEqual(refusal(/invalid_token/));
  });

  test.each(['proxy.local', '10.0.0.0/33', '10.0.0', '', '10.0.0.0/x'])(
    'M3 the trusted proxy address %p is rejected at start',
    (address) => {
      expect(() => create({ trustedProxies: [address] })).toThrow(TypeError);
    },
  );

  test('M3 over a real TLS connection, the client certificate of the handshake is read', async () => {
    const verifier = create();
    const server = createServer(
      { ...other, requestCert: true, rejectUnauthorized: false },
      (incoming, response) => {
        verifier.verify(requestFacts(incoming, 'https://partner.example')).then(
          () => response.end('200'),
          () => response.end('401'),
        );
      },
    );
    server.unref().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const ask = async (client: object): Promise<string> => {
      const { port } = server.address() as AddressInfo;
      const outgoing = httpsRequest({
        port,
        host: '127.0.0.1',
        ca: other.cert,
        checkServerIdentity: () => undefined,
        headers: { authorization: `Bearer ${bound()}` },
        agent: false,
        ...client,
      });
      outgoing.end();
      const [response] = await once(outgoing, 'response');
      return String(Buffer.concat(await response.toArray()));
    };
    expect([await ask(erp), await ask(other), await ask({})]).toEqual(['200', '401', '401']);
    server.close();
    await once(server, 'close');
  });
});

test('M2 the host that a DPoP proof is compared with never comes from the path of the request', () => {
  const incoming = {
    method: 'GET',
    url: '//evil.example/x',
    headersDistinct: {},
    socket: { remoteAddress: '::1' },
  };
  expect(requestFacts(incoming as never, 'https://partner.example').url).toBe(
    'https://partner.example//evil.example/x',
  );
});

test.each([
  ['https://evil.example/x?y', 'https://partner.example/x?y'],
  ['HTTP://evil.example?y', 'https://partner.example/?y'],
  ['https://evil.example', 'https://partner.example/'],
  ['https://partner.example//x', 'https://partner.example//x'],
])('F27 of a request target in absolute form (%s), only the path is used', (url, expected) => {
  const incoming = { method: 'GET', url, headersDistinct: {}, socket: { remoteAddress: '::1' } };
  for (const origin of ['https://partner.example', 'https://partner.example/'])
    expect(requestFacts(incoming as never, origin).url).toBe(expected);
});
