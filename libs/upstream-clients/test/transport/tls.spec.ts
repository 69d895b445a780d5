import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { listening, sendJson } from '../upstreams.ts';
import { createWorld, otherId, scopeOf } from '../world.ts';

const world = createWorld();
afterEach(world.end);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'upstream-tls-'));
  for (const authority of ['ours', 'theirs']) {
    openssl('req', '-x509', ...key(authority), '-days', '2', '-subj', `/CN=${authority}`);
  }
  issue('server', 'ours', 'IP:127.0.0.1');
  issue('elsewhere', 'ours', 'DNS:elsewhere.test');
  issue('client', 'ours');
  issue('stranger', 'theirs');
});
afterAll(() => rmSync(folder, { recursive: true }));

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}

const key = (name: string) => [
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-nodes',
  '-keyout',
  `${name}.key`,
  '-out',
  `${name}.crt`,
];

function issue(name: string, authority: string, address = 'DNS:none.test'): void {
  const by = ['-CA', `${authority}.crt`, '-CAkey', `${authority}.key`];
  openssl(
    'req',
    '-x509',
    ...by,
    ...key(name),
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
    '-addext',
    `subjectAltName=${address}`,
    '-addext',
    'basicConstraints=CA:FALSE',
  );
}

const pem = (file: string) => readFileSync(join(folder, file), 'utf8');
const identity = (name: string, authority = 'ours') => ({
  ca: pem(`${authority}.crt`),
  cert: pem(`${name}.crt`),
  key: pem(`${name}.key`),
});

/** Requires a client certificate of our authority and answers with its subject. */
async function tlsUpstream(name = 'server') {
  const { ca, cert, key } = identity(name);
  const server = createServer(
    { ca, cert, key, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      sendJson(response, { label: (request.socket as TLSSocket).getPeerCertificate().subject.CN });
    },
  );
  server.on('tlsClientError', () => undefined);
  const upstream = world.keep(await listening(server));
  return { ...upstream, address: upstream.address.replace('http:', 'https:') };
}

const failed = { kind: 'failed', reason: 'error' };

test('with mTLS the upstream sees our client certificate, and the connection is reused', async () => {
  const upstream = await tlsUpstream();
  const { clients } = world.clients(upstream.address, { tls: identity('client') });
  for (let i = 0; i < 5; i++)
    expect(await clients.other.read(scopeOf(), { otherId })).toEqual({
      kind: 'value',
      value: { label: 'client' },
    });
  expect(upstream.connections()).toBeLessThanOrEqual(2);
});

test('with mTLS a call without a client certificate, or with a client certificate of another authority, fails', async () => {
  const { address } = await tlsUpstream();
  const { ca } = identity('client');
  for (const tls of [{ ca } as ReturnType<typeof identity>, { ...identity('stranger'), ca }])
    expect(await world.clients(address, { tls }).clients.other.read(scopeOf(), { otherId })).toEqual(failed);
});

test('with mTLS a call to an upstream with a certificate of another authority or host fails', async () => {
  const right = await tlsUpstream();
  const tls = identity('client', 'theirs');
  expect(await world.clients(right.address, { tls }).clients.other.read(scopeOf(), { otherId })).toEqual(
    failed,
  );
  const other = await tlsUpstream('elsewhere');
  const { clients } = world.clients(other.address, { tls: identity('client') });
  expect(await clients.other.read(scopeOf(), { otherId })).toEqual(failed);
});

test('for an upstream that requires no client certificate, setting the certificate authorities is enough', async () => {
  const { ca, cert, key } = identity('server');
  const server = createServer({ cert, key }, (_, response) => sendJson(response, { label: 'plain' }));
  const upstream = world.keep(await listening(server));
  const address = upstream.address.replace('http:', 'https:');
  expect(await world.clients(address, { tls: { ca } }).clients.other.read(scopeOf(), { otherId })).toEqual({
    kind: 'value',
    value: { label: 'plain' },
  });
});

test('without TLS settings an upstream is trusted only if a system authority signed its certificate', async () => {
  const { address } = await tlsUpstream();
  expect(await world.clients(address).clients.other.read(scopeOf(), { otherId })).toEqual(failed);
});

test('a client certificate together with an http address is rejected at start', () => {
  expect(() => world.clients('http://127.0.0.1:1', { tls: identity('client') })).toThrow(
    'the address of an upstream is http',
  );
});
