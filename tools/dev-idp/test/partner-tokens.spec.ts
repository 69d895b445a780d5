import { generateKeyPairSync, randomUUID, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientCertificate } from '../src/http/client-certificate.ts';
import { createBrowser, type DevIdp } from '../src/index.ts';
import { partnerScopes } from '../src/partner-scopes.ts';
import {
  acmeErp,
  acmeErpMtls,
  authorizationRequest,
  globexCrm,
  requestToken,
  sha256,
  verified,
  site,
} from './relying-party.ts';
import { startIdp } from './start-idp.ts';

const [oneScope = ''] = partnerScopes.split(' ');
let idp: DevIdp;
beforeAll(async () => {
  idp = await startIdp();
});
afterAll(() => idp.close());

const grant = { grant_type: 'client_credentials' };
const pem = readFileSync(new URL('data/client-certificate.pem', import.meta.url), 'utf8');

describe('the client credentials grant', () => {
  test.each([
    [acmeErp, 'acme'],
    [globexCrm, 'globex'],
  ])(
    'a partner gets an RFC 9068 token for partner-bff and its own tenant, valid for five minutes',
    async (party, tid) => {
      const { status, body } = await requestToken(idp, party, grant);
      expect(status).toBe(200);
      const scope = partnerScopes;
      expect(body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 300,
        scope,
      });
      const { header, claims } = await verified(idp, body.access_token);
      expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) });
      expect(claims).toEqual({
        iss: idp.issuer,
        aud: 'partner-bff',
        sub: party.id,
        client_id: party.id,
        tid,
        roles: ['partner'],
        scope,
        jti: expect.any(String),
        iat: expect.any(Number),
        exp: claims.iat + 300,
      });
    },
  );

  test('two access tokens never have the same token id', async () => {
    const tokens = await Promise.all([1, 2, 3].map(() => requestToken(idp, acmeErp, grant)));
    const ids = await Promise.all(
      tokens.map(async ({ body }) => (await verified(idp, body.access_token)).claims['jti']),
    );
    expect(new Set(ids).size).toBe(3);
  });

  test('client credentials grant only the requested scope', async () => {
    const { body } = await requestToken(idp, acmeErp, { ...grant, scope: oneScope });
    expect((await verified(idp, body.access_token)).claims['scope']).toBe(oneScope);
  });

  test('client credentials accept the resource of partner-bff', async () => {
    const { body } = await requestToken(idp, acmeErp, { ...grant, resource: 'urn:bff:partner' });
    expect((await verified(idp, body.access_token)).claims['aud']).toBe('partner-bff');
  });

  test.each([
    ['an unknown resource', acmeErp, { resource: 'urn:bff:web' }, 400, 'invalid_target'],
    ['a scope that is not the client’s', acmeErp, { scope: 'openid' }, 400, 'invalid_scope'],
    ['a wrong secret', { ...acmeErp, secret: 'guess' }, {}, 401, 'invalid_client'],
    ['an unknown client', { ...acmeErp, id: 'nobody' }, {}, 401, 'invalid_client'],
    ['a client of another kind', site, {}, 400, 'invalid_request'],
  ])('client credentials reject %s', async (_circumstance, party, parameters, status, error) => {
    const answer = await requestToken(idp, party, { ...grant, ...parameters });
    expect(answer).toMatchObject({ status, body: { error } });
  });

  test('a client that logs users in gets no token for partner-bff', async () => {
    const url = authorizationRequest(idp, site, { resource: 'urn:bff:partner' }).url;
    const { leavesTo } = await createBrowser().open(url);
    expect(new URL(leavesTo!).searchParams.get('error')).toBe('invalid_target');
  });
});

describe('a DPoP proof (RFC 9449)', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  function proof(key: KeyObject, claims: object): string {
    const jwk = publicKey.export({ format: 'jwk' });
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const input = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk })}.${encode(claims)}`;
    return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }
  const good = () => ({
    jti: randomUUID(),
    htm: 'POST',
    htu: `${idp.issuer}/token`,
    iat: Math.floor(Date.now() / 1000),
  });

  test('a DPoP proof binds the token to its key', async () => {
    const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
    const { body } = await requestToken(idp, acmeErp, grant, { DPoP: proof(privateKey, good()) });
    expect(body['token_type']).toBe('DPoP');
    const { claims } = await verified(idp, body.access_token);
    expect(claims['cnf']).toEqual({ jkt: sha256(JSON.stringify({ crv, kty, x, y })) });
  });

  test.each([
    ['with another method', { htm: 'GET' }],
    ['with another address', { htu: 'http://elsewhere.example/token' }],
    ['created an hour ago', { iat: Math.floor(Date.now() / 1000) - 3600 }],
  ])('a DPoP proof %s is rejected', async (_circumstance, change) => {
    const answer = await requestToken(idp, acmeErp, grant, {
      DPoP: proof(privateKey, { ...good(), ...change }),
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
  });

  test('a DPoP proof is accepted once', async () => {
    const DPoP = proof(privateKey, good());
    expect((await requestToken(idp, acmeErp, grant, { DPoP })).status).toBe(200);
    expect((await requestToken(idp, acmeErp, grant, { DPoP })).status).toBe(400);
  });
});

describe('mTLS client authentication (RFC 8705)', () => {
  const withCertificate = { 'x-client-cert': encodeURIComponent(pem) };

  test('mTLS client authentication binds the token to the certificate', async () => {
    const { body } = await requestToken(idp, acmeErpMtls, grant, withCertificate);
    const { claims } = await verified(idp, body.access_token);
    expect(claims).toMatchObject({
      client_id: 'acme-erp-mtls',
      tid: 'acme',
      cnf: { 'x5t#S256': sha256(new X509Certificate(pem).raw) },
    });
  });

  test.each([
    ['a missing certificate', {}],
    ['text that is not a certificate', { 'x-client-cert': 'hello' }],
    ['an invalid percent escape', { 'x-client-cert': '%E0%A4%A' }],
  ])('mTLS client authentication rejects %s', async (_circumstance, headers) => {
    const answer = await requestToken(idp, acmeErpMtls, grant, headers);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['192.168.127.1', false],
    ['::ffff:10.0.0.1', false],
    ['2001:db8::1', false],
    [undefined, false],
  ])('the trust in the certificate header from the address %s is %s', (remoteAddress, believed) => {
    const request = { socket: { remoteAddress }, headers: withCertificate } as unknown as IncomingMessage;
    expect(clientCertificate(request) !== undefined).toBe(believed);
  });
});
