import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scopes } from '../../src/contract/scopes.ts';
import { anyScreen, anyService } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const payloadOf = (token = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** Internal tokens that the service received. */
const received: Record<string, unknown>[] = [];
const servers: Server[] = [];
let issuer: string;
let rig: Rig;

async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  issuer = await serve(({ url }, response) => {
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' };
    const metadata = {
      issuer,
      jwks_uri: `${issuer}/jwks`,
      authorization_endpoint: issuer,
      token_endpoint: issuer,
    };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(url === '/jwks' ? { keys: [jwk] } : metadata));
  });
  const recorder = await serve(({ headers }, response) => {
    received.push(payloadOf(headers.authorization));
    response.writeHead(503).end();
  });
  rig = await startRig({
    ISSUER: issuer,
    [anyService.addressVariable]: recorder,
    TENANT_CLAIM: 'https://idp.example/tenant',
    ROLES_CLAIM: 'groups',
    PERMISSIONS_CLAIM: 'https://idp.example/rights',
  });
});
afterAll(async () => {
  await rig.close();
  for (const server of servers) server.close();
});

async function statusOf(claims: Record<string, unknown>): Promise<number> {
  const seconds = Math.floor(Date.now() / 1000);
  const payload = {
    iss: issuer,
    sub: 'c1',
    client_id: 'c1',
    aud: 'partner-bff',
    jti: randomUUID(),
    iat: seconds,
    exp: seconds + 300,
    scope: Object.keys(scopes).join(' '),
    ...claims,
  };
  const input = `${encode({ alg: 'ES256', typ: 'at+jwt', kid: 'k1' })}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const headers = { Authorization: `Bearer ${input}.${signature.toString('base64url')}` };
  const answer = await fetch(`${rig.service.url}${anyScreen}`, { headers });
  await answer.arrayBuffer();
  return answer.status;
}

test('F26 partner-bff reads tenant, roles and permissions from the configured claims of an access token', async () => {
  const status = await statusOf({
    'https://idp.example/tenant': 'acme',
    groups: ['partner'],
    'https://idp.example/rights': ['thing:read'],
  });
  // The fake service fails, so only a screen with a fallback is answered with 200.
  expect(status).not.toBe(403);
  expect(received.at(-1)).toMatchObject({ tid: 'acme', roles: ['partner'], permissions: ['thing:read'] });
});

test('F26 partner-bff ignores claims under the default names when other names are configured', async () => {
  expect(await statusOf({ tid: 'acme', roles: ['partner'] })).toBe(403);
  received.length = 0;
  await statusOf({ 'https://idp.example/tenant': 'acme', groups: [], roles: ['partner'] });
  // Paths with a customer are rejected; on other paths no service receives the role.
  expect(received.flatMap(({ roles }) => roles)).not.toContain('partner');
});
