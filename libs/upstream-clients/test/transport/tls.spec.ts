import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { listening, sendJson } from '../upstreams.ts';
import { createWorld, scopeOf } from '../world.ts';

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
  openssl('req', '-x509', ...by, ...key(name), '-days', '2', '-subj', `/CN=${name}`, '-addext', `subjectAltName=${address}`, '-addext', 'basicConstraints=CA:FALSE');
} // prettier-ignore

const pem = (file: string) => readFileSync(join(folder, file), 'utf8');
const identity = (name: string, authority = 'ours') => ({
  ca: pem(`${authority}.crt`),
  cert: pem(`${name}.crt`),
  key: pem(`${name}.key`),
});

/** Demands a certificate of ours; answers with the name it saw. */
async function tlsUpstream(name = 'server') {
  const { ca, cert, key } = identity(name);
  const server = createServer(
    { ca, cert, key, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      sendJson(response, { tier: (request.socket as TLSSocket).getPeerCertificate().subject.CN });
    },
  );
  server.on('tlsClientError', () => undefined);
  const upstream = world.keep(await listening(server));
  return { ...upstream, address: upstream.address.replace('http:', 'https:') };
}

const failed = { kind: 'failed', reason: 'error' };

test('mTLS: the upstream knows us by our certificate, and the connection is kept', async () => {
  const upstream = await tlsUpstream();
  const { clients } = world.clients(upstream.address, { tls: identity('client') });
  for (let i = 0; i < 5; i++)
    expect(await clients.loyalty.tier(scopeOf(), 'alice')).toEqual({
      kind: 'value',
      value: { tier: 'client' },
    });
  expect(upstream.connections()).toBeLessThanOrEqual(2);
});

test('mTLS: without a certificate, or with a stranger\'s, there is no answer', async () => {
  const { address } = await tlsUpstream();
  const { ca } = identity('client');
  for (const tls of [{ ca } as ReturnType<typeof identity>, { ...identity('stranger'), ca }])
    expect(await world.clients(address, { tls }).clients.loyalty.tier(scopeOf(), 'alice')).toEqual(failed);
}); // prettier-ignore

test('mTLS: an upstream of another authority, or for another host, is not believed', async () => {
  const right = await tlsUpstream();
  const tls = identity('client', 'theirs');
  expect(await world.clients(right.address, { tls }).clients.loyalty.tier(scopeOf(), 'alice')).toEqual(
    failed,
  );
  const other = await tlsUpstream('elsewhere');
  const { clients } = world.clients(other.address, { tls: identity('client') });
  expect(await clients.loyalty.tier(scopeOf(), 'alice')).toEqual(failed);
});

test('TLS without settings believes the system, not a certificate of our making', async () => {
  const { address } = await tlsUpstream();
  expect(await world.clients(address).clients.loyalty.tier(scopeOf(), 'alice')).toEqual(failed);
});

test('mTLS together with an http address is refused at start', () => {
  expect(() => world.clients('http://127.0.0.1:1', { tls: identity('client') })).toThrow(
    'the address of an upstream is http',
  );
});
