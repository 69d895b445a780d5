import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fakes } from '../../src/fakes/index.ts';
import { startDemoService, type DemoService } from '../../src/index.ts';
import { patternsOf } from '../../src/registered-services.ts';
import { call, headersOf, token, type TokenOptions } from '../caller.ts';
import { startFakes, type RunningFakes } from './start-fakes.ts';

let world: RunningFakes;
beforeAll(async () => void (world = await startFakes()));
afterAll(() => world.close());

const now = Math.floor(Date.now() / 1000);
const service = (name: string): DemoService =>
  Object.values(world.services).find((candidate) => candidate.name === name)!;
const get = (headers: Record<string, string>) =>
  fetch(`${world.addresses.user}/api/v1/users/alice`, { headers: { 'X-Tenant-ID': 'acme', ...headers } });

describe('returns 401 and no data', () => {
  test.each<[string, TokenOptions & { aud?: string }]>([
    ['signed with another secret', { secret: 'another-secret-of-32-bytes-or-more' }],
    ['with alg none', { header: { alg: 'none' } }],
    ['with an alg that the key is not for', { header: { alg: 'ES256' } }],
    ['for another service', { aud: 'order-service' }],
    ['without audience', { claims: { aud: undefined } }],
    ['of another issuer', { claims: { iss: 'someone' } }],
    ['without issuer', { claims: { iss: undefined } }],
    ['expired', { claims: { iat: now - 900, exp: now - 600 } }],
    ['that never expires', { claims: { exp: undefined } }],
    ['that lives longer than an hour', { claims: { exp: now + 7200 } }],
    ['without tenant', { claims: { tid: undefined } }],
    ['with a tenant that is not text', { claims: { tid: ['acme'] } }],
    ['without subject', { claims: { sub: undefined } }],
  ])(
    'M6 a request with a token %s gets 401 and no data',
    async (_case, { aud = 'user-service', ...options }) => {
      const response = await get({ Authorization: `Bearer ${token(aud, options)}` });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ type: '/problems/not-authenticated', status: 401 });
      expect(text).not.toMatch(/alice@|SSN|INTERNAL/);
    },
  );

  test.each<Record<string, string>[]>([
    [{}],
    [{ Authorization: '' }],
    [{ Authorization: 'Basic YWxpY2U6ZGVtbw==' }],
    [{ Authorization: `Bearer${token('user-service')}` }],
    [{ Authorization: `Token ${token('user-service')}` }],
    [{ Cookie: `token=${token('user-service')}` }],
  ])('a request with %j instead of a bearer token gets 401', async (headers) => {
    const response = await get(headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test.each(
    Object.entries(fakes).flatMap(([name, fake]) =>
      patternsOf(fake).map((pattern) => [`${name}-service`, pattern] as const),
    ),
  )('%s returns 401 for an invalid token at the route %s', async (name, pattern) => {
    const path = pattern.replace(':id', 'alice');
    const ask = (method: string) =>
      call(service(name), path, {}, { method, headers: { Authorization: 'Bearer x' } });
    // Some routes can only be read, others only written to.
    const statuses = await Promise.all(
      ['GET', 'POST', 'DELETE'].map(async (method) => (await ask(method)).status),
    );
    expect(statuses.filter((status) => status !== 405)).toContain(401);
    expect(statuses.filter((status) => status !== 405 && status !== 401)).toEqual([]);
  });
});

test('a token of an unknown key gets 401, and every token gets 503 while no BFF publishes its keys', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' };
  let published = false;
  const bff = createServer((_request, response) =>
    published
      ? response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: [jwk] }))
      : response.writeHead(503).end(),
  ).listen(0, '127.0.0.1');
  await once(bff, 'listening');
  const jwksUris = [`http://127.0.0.1:${(bff.address() as AddressInfo).port}/.well-known/jwks.json`];
  const ask = async (kid: string): Promise<number> => {
    const own = await startDemoService('user-service', { jwksUris });
    const bearer = token(own.name, { privateKey, header: { alg: 'ES256', kid } });
    const { status } = await call(
      own,
      '/api/v1/users/alice',
      {},
      { headers: { Authorization: `Bearer ${bearer}` } },
    );
    const known = await call(own, '/api/v1/users/alice');
    expect(known.status).not.toBe(200);
    await own.close();
    return status;
  };
  try {
    expect(await ask('k1')).toBe(503);
    published = true;
    expect([await ask('k1'), await ask('k2')]).toEqual([200, 401]);
  } finally {
    bff.close();
    bff.closeAllConnections();
  }
});

test.each<[string, Record<string, string>]>([
  ['names another tenant', { 'X-Tenant-ID': 'globex' }],
  ['is empty', { 'X-Tenant-ID': '' }],
  ['names two tenants', { 'X-Tenant-ID': 'acme, globex' }],
])('T1 returns 403 when X-Tenant-ID %s', async (_case, headers) => {
  const response = await get({ ...headersOf('user-service'), ...headers });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ type: '/problems/tenant-mismatch' });
});

test.each([
  [['user'], 403],
  [['admin'], 403],
  [['partner'], 200],
])('a user with the roles %j who requests another user’s data gets %i', async (roles, status) => {
  const { user } = world.services;
  expect((await call(user, '/api/v1/users/bob', { sub: 'alice', roles })).status).toBe(status);
});

test('an accepted X-Request-ID is returned in the header and in the problem', async () => {
  const response = await get({ 'X-Request-ID': 'request-0001' });
  expect(response.headers.get('x-request-id')).toBe('request-0001');
  expect(await response.json()).toMatchObject({
    request_id: 'request-0001',
    instance: '/api/v1/users/alice',
  });
});
