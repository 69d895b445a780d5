import { createHash, generateKeyPairSync, randomUUID, sign, type JsonWebKey } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Service } from '@bff/service-kit';
import { anyScreen, callsOfScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

const path = anyScreen;
const publicUrl = 'https://partners.example';
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({
    PUBLIC_URL: publicUrl,
    TRUSTED_PROXIES: '127.0.0.1',
    CLIENT_CERT_HEADER: 'x-client-cert',
  });
});
afterAll(() => rig.close());

const calls = (): number =>
  Object.values(rig.world.services.services)
    .flatMap((service) => Object.values(service.calls()))
    .reduce((sum, n) => sum + n, 0);

/** Returns the answer, and the number of upstream calls it caused. */
async function ask(
  headers: Record<string, string>,
  url = path,
): Promise<{ status: number; challenge: string | null; upstreamCalls: number }> {
  const before = calls();
  const answer = await fetch(rig.service.url + url, { headers });
  await answer.arrayBuffer();
  return {
    status: answer.status,
    challenge: answer.headers.get('www-authenticate'),
    upstreamCalls: calls() - before,
  };
}

const refused = (challenge: RegExp) => ({
  status: 401,
  challenge: expect.stringMatching(challenge),
  upstreamCalls: 0,
});

describe('M1 access tokens (RFC 9068)', () => {
  test('accepts an access token of the provider', async () => {
    expect(await ask(await rig.as('acme-erp'))).toEqual({
      status: 200,
      challenge: null,
      upstreamCalls: callsOfScreen,
    });
  });

  test('answers a challenge without an error code when the request has no token', async () => {
    expect(await ask({})).toEqual(refused(/^Bearer(?!.*error=)/));
  });

  test('rejects a valid token after any part of it was altered', async () => {
    const token = await rig.token('acme-erp');
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const head = JSON.parse(Buffer.from(header, 'base64url').toString());
    const { keys } = (await (await fetch(`${rig.world.idp.issuer}/jwks`)).json()) as { keys: JsonWebKey[] };
    const hs256 = (signed: string): string =>
      createHash('sha256')
        .update(JSON.stringify(keys[0]) + signed)
        .digest('base64url');
    const forged = [
      ...[
        ['alg', 'none'],
        ['alg', 'HS256'],
        ['alg', 'RS1'],
        ['typ', 'JWT'],
        ['typ', undefined],
        ['kid', 'unknown'],
        ['crit', ['x']],
        ['jku', 'https://evil.example/jwks'],
        ['jwk', keys[0]],
      ].flatMap(([name, value]) => [
        `${encode({ ...head, [name as string]: value })}.${payload}.${signature}`,
        `${encode({ ...head, [name as string]: value })}.${payload}.`,
      ]),
      `${encode({ alg: 'HS256', typ: 'at+jwt', kid: head.kid })}.${payload}.${hs256(payload)}`,
      ...[
        ['iss', 'https://evil.example'],
        ['aud', 'web-bff'],
        ['tid', 'globex'],
        ['sub', 'globex-crm'],
        ['exp', claims.exp + 1],
        ['roles', ['admin']],
      ].map(([name, value]) => `${header}.${encode({ ...claims, [name as string]: value })}.${signature}`),
      `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
      `${header}.${payload}`,
      `${token}.`,
      `${token}.x`,
      token.replaceAll('.', '..'),
      'null',
      '🔑'.normalize(),
    ].filter((each) => /^[\x21-\x7e]+$/.test(each));
    const verdicts = await Promise.all(forged.map((each) => ask({ Authorization: `Bearer ${each}` })));
    expect({
      tried: verdicts.length,
      through: verdicts.filter(({ status }) => status !== 401).length,
    }).toEqual({ tried: 31, through: 0 });
    expect(calls()).toBeGreaterThan(0);
    for (const verdict of verdicts)
      expect(verdict).toMatchObject({ challenge: expect.stringMatching(/error="invalid_(token|request)"/) });
  });

  test.each([
    [
      'another audience',
      () => rig.world.idp.control.devToken({ user: 'alice', audience: 'mobile-bff' }).access_token,
    ],
  ])('rejects a token for %s', async (_, token) => {
    expect(await ask({ Authorization: `Bearer ${token()}` })).toEqual(refused(/invalid_token/));
  });

  test('a token in the query is ignored, and the request gets 401', async () => {
    expect(await ask({}, `${path}?access_token=${await rig.token('acme-erp')}`)).toMatchObject({
      status: 401,
      upstreamCalls: 0,
    });
  });
});

describe('M2 DPoP (RFC 9449)', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  function proof(claims: object, { privateKey, publicKey } = pair, header: object = {}): string {
    const jwk = publicKey.export({ format: 'jwk' });
    const input = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })}.${encode(claims)}`;
    return `${input}.${sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }
  const now = (): number => Math.floor(Date.now() / 1000);
  let token: string;
  const good = () => ({
    jti: randomUUID(),
    htm: 'GET',
    htu: publicUrl + path,
    iat: now(),
    ath: createHash('sha256').update(token).digest('base64url'),
  });

  beforeAll(async () => {
    const claims = { jti: randomUUID(), htm: 'POST', htu: `${rig.world.idp.issuer}/token`, iat: now() };
    token = await rig.token('acme-erp', { DPoP: proof(claims) });
  });

  test('accepts a DPoP-bound token with its proof, and each proof only once', async () => {
    const headers = { Authorization: `DPoP ${token}`, DPoP: proof(good()) };
    expect(await ask(headers)).toMatchObject({ status: 200 });
    expect(await ask(headers)).toEqual(refused(/invalid_dpop_proof/));
  });

  test.each<[string, () => string]>([
    ['that is missing', () => ''],
    ['for another method', () => proof({ ...good(), htm: 'POST' })],
    ['for another URL', () => proof({ ...good(), htu: `${publicUrl}/openapi.json` })],
    ['issued an hour ago', () => proof({ ...good(), iat: now() - 3600 })],
    ['issued an hour in the future', () => proof({ ...good(), iat: now() + 3600 })],
    [
      'for another token',
      () => proof({ ...good(), ath: createHash('sha256').update('x').digest('base64url') }),
    ],
    ['without ath', () => proof({ ...good(), ath: undefined })],
    ['without jti', () => proof({ ...good(), jti: undefined })],
    ['with another key than that of the token', () => proof(good(), other)],
    [
      'signed with another key than the one in its header',
      () => proof(good(), { ...pair, privateKey: other.privateKey }),
    ],
    [
      'with a private key in its header',
      () => proof(good(), pair, { jwk: pair.privateKey.export({ format: 'jwk' }) }),
    ],
    ['of another type', () => proof(good(), pair, { typ: 'JWT' })],
    [
      'unsigned',
      () =>
        `${encode({ typ: 'dpop+jwt', alg: 'none', jwk: pair.publicKey.export({ format: 'jwk' }) })}.${encode(good())}.`,
    ],
    ['that is not a JWT', () => 'x'],
  ])('rejects a DPoP proof %s', async (_, made) => {
    const DPoP = made();
    expect(await ask({ Authorization: `DPoP ${token}`, ...(DPoP && { DPoP }) })).toEqual(
      refused(/^DPoP .*(invalid_dpop_proof|invalid_token)/),
    );
  });

  describe('F27 URL of the request in a proof', () => {
    let replica: Service;
    beforeAll(async () => {
      replica = await rig.replica({ PUBLIC_URL: `${publicUrl}/`, BASE_DOMAIN: 'partners.example' });
    });

    /** Sends a request with this exact target and these fields; returns the status. */
    async function send(target: string, fields: Record<string, string>, htu: string): Promise<number> {
      const { port } = new URL(replica.url);
      const headers = { Authorization: `DPoP ${token}`, DPoP: proof({ ...good(), htu }), ...fields };
      const outgoing = request({ host: '127.0.0.1', port, path: target, headers, agent: false }).end();
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode ?? 0;
    }
    const tenant = 'https://acme.partners.example';
    const host = { Host: 'acme.partners.example' };
    const forwarded = { Host: 'partner-bff:3003', 'X-Forwarded-Host': 'acme.partners.example' };

    test.each([
      ['a PUBLIC_URL with a trailing slash', path, {}, publicUrl + path],
      ['the host of a tenant', path, host, tenant + path],
      [
        'the host of a tenant in capitals, with its port',
        path,
        { Host: 'ACME.Partners.Example:443' },
        `${tenant}:443${path}`,
      ],
      ['the host of a tenant, as a trusted proxy forwards it', path, forwarded, tenant + path],
      ['a request target in absolute form', publicUrl + path, {}, publicUrl + path],
      [
        'a request target in absolute form with the host of a tenant, which replaces Host',
        tenant + path,
        { Host: 'partners.example' },
        tenant + path,
      ],
      [
        'a request target in absolute form in capitals, with a query',
        `HTTPS://Partners.example:443${path}?limit=1`,
        {},
        publicUrl + path,
      ],
      [
        'an htu in an equivalent spelling',
        path,
        host,
        `HTTPS://Acme.partners.example:443/x/..${path.replace('a', '%61')}?q#f`,
      ],
      ['a host that is not the host of a tenant', path, { Host: 'evil.example' }, publicUrl + path],
    ])('accepts a DPoP proof for %s', async (_, target, fields: Record<string, string>, htu) => {
      expect(await send(target, fields, htu)).toBe(200);
    });

    test.each([
      ['the public URL at the host of a tenant', path, host, publicUrl + path],
      ['a tenant at the public URL', path, {}, tenant + path],
      ['another tenant', path, host, `https://globex.partners.example${path}`],
      [
        'a subdomain of the host of a tenant',
        path,
        { Host: 'a.acme.partners.example' },
        `https://a.acme.partners.example${path}`,
      ],
      [
        'a host that only starts like ours',
        path,
        { Host: 'acme.partners.example.evil.example' },
        `https://acme.partners.example.evil.example${path}`,
      ],
      [
        'a foreign host in an absolute request target',
        `https://evil.example${path}`,
        {},
        `https://evil.example${path}`,
      ],
      ['http instead of https', path, host, `http://acme.partners.example${path}`],
      ['a URL with user information', path, host, `https://u@acme.partners.example${path}`],
      ['another path', path, host, `${tenant}${path}/x`],
    ])('rejects a DPoP proof for %s', async (_, target, fields: Record<string, string>, htu) => {
      expect(await send(target, fields, htu)).toBe(401);
    });

    test('the URL of a DPoP proof is compared without X-Forwarded-Host if the client is not a trusted proxy', async () => {
      replica = await rig.replica({
        PUBLIC_URL: publicUrl,
        BASE_DOMAIN: 'partners.example',
        TRUSTED_PROXIES: '192.0.2.1',
      });
      expect(await send(path, forwarded, tenant + path)).toBe(401);
      expect(await send(path, forwarded, publicUrl + path)).toBe(200);
    });
  });

  test('rejects a DPoP-bound token with the scheme Bearer, and an unbound token with the scheme DPoP', async () => {
    expect(await ask({ Authorization: `Bearer ${token}` })).toEqual(refused(/invalid_token/));
    const plain = await rig.token('acme-erp');
    const ath = createHash('sha256').update(plain).digest('base64url');
    expect(await ask({ Authorization: `DPoP ${plain}`, DPoP: proof({ ...good(), ath }) })).toEqual(
      refused(/invalid_token/),
    );
  });
});

describe('M3 certificate-bound tokens (RFC 8705)', () => {
  const pem = readFileSync(new URL('../data/client-certificate.pem', import.meta.url), 'utf8');
  const header = (text: string) => ({ 'x-client-cert': encodeURIComponent(text) });

  test('accepts a certificate-bound token with its certificate from a trusted proxy, and rejects the token without that certificate', async () => {
    const Authorization = `Bearer ${await rig.token('acme-erp-mtls', header(pem))}`;
    expect(await ask({ Authorization, ...header(pem) })).toMatchObject({ status: 200 });
    expect(await ask({ Authorization })).toEqual(refused(/invalid_token/));
    expect(await ask({ Authorization, ...header('no certificate') })).toEqual(refused(/invalid_token/));
  });

  test('ignores the certificate header of an address that is not a trusted proxy', async () => {
    const untrusting = await startRig();
    const Authorization = `Bearer ${await untrusting.token('acme-erp-mtls', header(pem))}`;
    const answer = await fetch(untrusting.service.url + path, { headers: { Authorization, ...header(pem) } });
    expect(answer.status).toBe(401);
    await untrusting.close();
  });
});
