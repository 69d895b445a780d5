import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
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
        authTime: 0,
        expiresAt: 9e9,
      };
    },
    directory: createTenantDirectory({
      tenants: [tenant('acme'), tenant('globex'), tenant('gone', 'suspended')],
    }),
    trustedProxies: trustedProxies(['127.0.0.2']),
    baseDomain: 'bff.example',
  });
  server = createServer((request, response) => {
    const next = (): void => {
      const { identity, tenant: chosen } = callerOf(request);
      response.end(JSON.stringify({ acting: identity.tenant, tenant: chosen.id }));
    };
    // Express hands a rejected promise on to its error handler.
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

describe('identifyCaller', () => {
  test.each([
    ['the only tenant of an identity', { Authorization: 'acme' }, 'acme'],
    ['the one chosen by the header', { Authorization: 'acme globex', 'X-Tenant-ID': 'globex' }, 'globex'],
    [
      'the one chosen by the subdomain',
      { Authorization: 'acme globex', Host: 'globex.bff.example' },
      'globex',
    ],
    [
      'header and subdomain that agree',
      { Authorization: 'acme', Host: 'acme.bff.example', 'X-Tenant-ID': 'acme' },
      'acme',
    ],
  ])('acts for %s', async (_, headers, id) => {
    expect(await ask(headers)).toEqual({ acting: id, tenant: id });
  });

  test.each([
    ['nobody', {}, 'not-authenticated'],
    [
      "a tenant that is not the identity's",
      { Authorization: 'acme', 'X-Tenant-ID': 'globex' },
      'tenant-mismatch',
    ],
    ['a tenant that nobody knows', { Authorization: 'acme', 'X-Tenant-ID': 'other' }, 'unknown-tenant'],
    ['a suspended tenant', { Authorization: 'gone' }, 'unknown-tenant'],
    [
      'header and subdomain that disagree',
      { Authorization: 'acme globex', Host: 'acme.bff.example', 'X-Tenant-ID': 'globex' },
      'tenant-conflict',
    ],
    ['an open choice', { Authorization: 'acme globex' }, 'bad-request'],
  ])('refuses %s', async (_, headers, type) => {
    expect(await ask(headers)).toEqual({ type });
  });

  test('T3 a forwarded host counts only when a proxy of ours forwards it', async () => {
    const headers = { Authorization: 'acme globex', 'X-Forwarded-Host': 'globex.bff.example' };
    expect(await ask(headers, '127.0.0.2')).toEqual({ acting: 'globex', tenant: 'globex' });
    expect(await ask(headers)).toEqual({ type: 'bad-request' });
  });

  test('a handler without the middleware is told so', () => {
    expect(() => callerOf({} as IncomingMessage)).toThrow('identifyCaller');
  });
});

test('A6 an identity has another key under other roles or scopes, as another user, through another client', () => {
  const identity = { subject: 'alice', tenants: ['acme'], roles: ['user'], authTime: 0, expiresAt: 1 };
  const others = [
    { subject: 'bob' },
    { roles: [] },
    { roles: ['user', 'admin'] },
    { clientId: 'app' },
    { scopes: ['orders:read'] },
    { scopes: [] },
  ];
  const keys = [{}, ...others].map((other) => identityKey({ ...identity, ...other }));
  expect(new Set(keys).size).toBe(keys.length);
  expect(identityKey({ ...identity, authTime: 9, expiresAt: 9, sessionId: 's' })).toBe(keys[0]);
});
