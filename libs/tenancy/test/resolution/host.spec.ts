import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { requestHost, subdomainOf, trustedProxies } from '../../src/index.ts';

describe('subdomainOf', () => {
  test.each([
    ['t1.bff.example.com', 'bff.example.com', 't1'],
    ['T1.Bff.Example.COM:443', 'bff.example.com', 't1'],
    ['t1.bff.example.com.', 'BFF.example.com.', 't1'],
    ['t1.bff.example.com.:8443', 'bff.example.com', 't1'],
    ['t1.localhost:3001', 'localhost', 't1'],
    ['t1.localhost:3001', 'localhost:3001', 't1'],
    ['t_1.bff.example.com', 'bff.example.com', 't_1'],
  ])('the subdomain of the host %s under the base domain %s is %s', (host, base, label) => {
    expect(subdomainOf(host, base)).toBe(label);
  });

  test.each([
    ['bff.example.com', 'bff.example.com'],
    ['.bff.example.com', 'bff.example.com'],
    ['a.t1.bff.example.com', 'bff.example.com'],
    ['t1bff.example.com', 'bff.example.com'],
    ['t1.bff.example.com.evil.test', 'bff.example.com'],
    ['bff.example.com.evil.test', 'bff.example.com'],
    ['t1.bff.example.com@evil.test', 'bff.example.com'],
    ['t1.bff.example.com:443:80', 'bff.example.com'],
    ['127.0.0.1:3001', 'bff.example.com'],
    ['[::1]:3001', 'bff.example.com'],
    ['', 'bff.example.com'],
  ])('subdomainOf returns undefined for the host %j under %s', (host, base) => {
    expect(subdomainOf(host, base)).toBeUndefined();
  });
});

test('F27 a request target in absolute form replaces the Host field (RFC 9112, section 3.2.2), and X-Forwarded-Host of a trusted proxy replaces both', () => {
  const socket = { remoteAddress: '10.0.0.1' };
  const headers: IncomingHttpHeaders = { host: 't2.bff.example.com' };
  const incoming = { url: 'https://t1.bff.example.com:443/x', headers, socket } as never;
  expect(requestHost(incoming, trustedProxies([]))).toBe('t1.bff.example.com:443');
  headers['x-forwarded-host'] = 't3.bff.example.com';
  expect(requestHost(incoming, trustedProxies([]))).toBe('t1.bff.example.com:443');
  expect(requestHost(incoming, trustedProxies(['10.0.0.1']))).toBe('t3.bff.example.com');
});

describe('trustedProxies', () => {
  const proxies = trustedProxies(['10.0.0.0/8', '192.168.1.7', 'fd00::/8', '::1', 'fe80::/10']);

  test.each([
    '10.0.0.1',
    '10.255.255.255',
    '192.168.1.7',
    '::ffff:10.1.2.3',
    'fd12::1',
    '::1',
    'fe80::1%eth0',
  ])('with the configured proxies, the address %s is trusted', (address) =>
    expect(proxies.has(address)).toBe(true),
  );

  test.each([
    '11.0.0.1',
    '192.168.1.8',
    '::ffff:11.0.0.1',
    '::2',
    'fc00::1',
    '10.0.0.1.evil.test',
    '',
    'text',
    undefined,
  ])('with the configured proxies, the address %j is not trusted', (address) =>
    expect(proxies.has(address)).toBe(false),
  );

  test('no proxy address is trusted when none is configured', () => {
    expect(trustedProxies([]).has('127.0.0.1')).toBe(false);
  });

  test('every invalid entry of the trusted proxies is reported', () => {
    const wrong = [
      '10.0.0.0/33',
      '10.0.0/8',
      'proxy.internal',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '::/129',
      '10.0.0.0/-1',
      '',
    ];
    expect(() => trustedProxies(['10.0.0.0/8', ...wrong])).toThrow(
      new TypeError(`not an address or CIDR range: ${wrong.map((range) => `"${range}"`).join(', ')}`),
    );
  });
});

describe('T3 the host that the client requested', () => {
  /** Returns `requestHost` of a request over a real connection from 127.0.0.1. */
  async function hostSeen(headers: IncomingHttpHeaders, trusted: string[]): Promise<unknown> {
    let seen: unknown;
    const server = createServer((incoming, response) => {
      try {
        seen = requestHost(incoming, trustedProxies(trusted));
      } catch (error) {
        seen = error;
      }
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const call = request({ port, host: '127.0.0.1', headers, agent: false }).end();
    const [response] = await once(call, 'response');
    response.resume();
    server.close();
    await once(server, 'close');
    return seen;
  }
  const host = 't1.bff.test';
  const forwarded = { host, 'x-forwarded-host': 't2.bff.test' };

  test.each<[string, IncomingHttpHeaders, string[], string]>([
    ['Host when there is no X-Forwarded-Host', { host }, ['127.0.0.1'], 't1.bff.test'],
    ['Host when an untrusted proxy sent X-Forwarded-Host', forwarded, ['10.0.0.0/8'], 't1.bff.test'],
    ['Host when no proxy is trusted', forwarded, [], 't1.bff.test'],
    ['X-Forwarded-Host when a trusted proxy sent this field', forwarded, ['127.0.0.0/8'], 't2.bff.test'],
    [
      'Host when an untrusted client sent several hosts in X-Forwarded-Host',
      { host, 'x-forwarded-host': 'a, b' },
      [],
      't1.bff.test',
    ],
  ])('the host of a request is taken from %s', async (_title, headers, trusted, expected) => {
    expect(await hostSeen(headers, trusted)).toBe(expected);
  });

  test.each<[string, string | string[]]>([
    ['in one header', 't2.bff.test, t1.bff.test'],
    ['in two headers', ['t2.bff.test', 't1.bff.test']],
  ])('a request in which a trusted proxy sends several hosts %s is rejected', async (_title, hosts) => {
    const problem = await hostSeen({ host, 'x-forwarded-host': hosts as string }, ['127.0.0.1']);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status: 400, type: 'bad-request' });
  });
});
