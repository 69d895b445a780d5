import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { createTenantDirectory, trustedProxies } from '@bff/tenancy';
import { callerOf, identifyCaller, identityKey } from '../../src/index.ts';

const fields = { blocked: [], allowed: [] };
const tenant = (id: string, status: 'active' | 'suspended' = 'active') => ({ id, name: id, status, fields });

let server: Server;
let port: number;
beforeAll(async () => {
  const identify = identifyCaller({
    authenticate: async ({ headers }) => {
      if (!headers.authorization) throw new Problem('not-authenticated');
      return {
        subject: 'u',
        tenants: headers.authorization.split(' '),
        roles: [],
        permissions: [],
        authTime: 0,
        expiresAt: 9e9,
      };
    },
    directory: createTenantDirectory({
      tenants: [tenant('t1'), tenant('t2'), tenant('gone', 'suspended')],
    }),
    trustedProxies: trustedProxies(['127.0.0.2']),
    baseDomain: 'bff.example',
  });
  server = createServer((request, response) => {
    const next = (): void => {
      const { identity, tenant: chosen } = callerOf(request);
      response.end(JSON.stringify({ acting: identity.tenant, tenant: chosen.id }));
    };
    // Express passes a rejected promise to its error handler.
    Promise.resolve(identify(request as never, response as never, next)).catch((error: unknown) => {
      response.statusCode = error instanceof Problem ? error.status : 500;
      response.end(JSON.stringify({ type: error instanceof Problem ? error.type : String(error) }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function ask(headers: Record<string, string | string[]>, localAddress = '127.0.0.1'): Promise<unknown> {
  const [response] = (await once(
    httpRequest({ port, host: '127.0.0.1', headers, localAddress, agent: false }).end(),
    'response',
  )) as [IncomingMessage];
  return JSON.parse(String(Buffer.concat(await response.toArray())));
}

test('F14 when its caller cannot be identified in time, a request gets 503, whichever step hangs', async () => {
  const identify = identifyCaller({
    authenticate: () => new Promise(() => undefined),
    directory: createTenantDirectory({ tenants: [tenant('t1')] }),
    trustedProxies: trustedProxies([]),
    patienceMs: 20,
  });
  await expect(
    identify({ headers: {} } as never, {} as never, () => undefined) as unknown as Promise<void>,
  ).rejects.toMatchObject({ type: 'unavailable', headers: { 'Retry-After': '1' } });
});

describe('identifyCaller', () => {
  test.each([
    ['the only tenant of an identity', { Authorization: 't1' }, 't1'],
    ['the tenant chosen by the header', { Authorization: 't1 t2', 'X-Tenant-ID': 't2' }, 't2'],
    ['the tenant chosen by the subdomain', { Authorization: 't1 t2', Host: 't2.bff.example' }, 't2'],
    [
      'the tenant that both header and subdomain name',
      { Authorization: 't1', Host: 't1.bff.example', 'X-Tenant-ID': 't1' },
      't1',
    ],
  ])('a caller acts for %s', async (_, headers, id) => {
    expect(await ask(headers)).toEqual({ acting: id, tenant: id });
  });

  test.each([
    ['a request without an identity', {}, 'not-authenticated'],
    [
      'a tenant to which the identity does not belong',
      { Authorization: 't1', 'X-Tenant-ID': 't2' },
      'tenant-mismatch',
    ],
    ['an unknown tenant', { Authorization: 't1', 'X-Tenant-ID': 'other' }, 'unknown-tenant'],
    ['a suspended tenant', { Authorization: 'gone' }, 'unknown-tenant'],
    [
      'header and subdomain that disagree',
      { Authorization: 't1 t2', Host: 't1.bff.example', 'X-Tenant-ID': 't2' },
      'tenant-conflict',
    ],
    ['an identity of several tenants that chose none', { Authorization: 't1 t2' }, 'bad-request'],
  ])('identifyCaller rejects %s', async (_, headers, type) => {
    expect(await ask(headers)).toEqual({ type });
  });

  test('T3 the tenant is read from a forwarded host only when a trusted proxy sends it', async () => {
    const headers = { Authorization: 't1 t2', 'X-Forwarded-Host': 't2.bff.example' };
    expect(await ask(headers, '127.0.0.2')).toEqual({ acting: 't2', tenant: 't2' });
    expect(await ask(headers)).toEqual({ type: 'bad-request' });
  });

  test('callerOf throws when the middleware identifyCaller is missing', () => {
    expect(() => callerOf({} as IncomingMessage)).toThrow('identifyCaller');
  });
});

test('A6 identityKey is different for other roles, other scopes, another user and another client', () => {
  const identity = {
    subject: 'u1',
    tenants: ['t1'],
    roles: ['user'],
    permissions: [],
    authTime: 0,
    expiresAt: 1,
  };
  const others = [
    { subject: 'u2' },
    { roles: [] },
    { roles: ['user', 'admin'] },
    { clientId: 'app' },
    { scopes: ['things:read'] },
    { scopes: [] },
  ];
  const keys = [{}, ...others].map((other) => identityKey({ ...identity, ...other }));
  expect(new Set(keys).size).toBe(keys.length);
  expect(identityKey({ ...identity, authTime: 9, expiresAt: 9, sessionId: 's' })).toBe(keys[0]);
});
