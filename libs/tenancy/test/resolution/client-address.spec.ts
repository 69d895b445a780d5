import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { clientAddress, trustedProxies } from '../../src/index.ts';

const addressOf = clientAddress(trustedProxies(['10.0.0.0/8']));
const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
  ['the untrusted peer, whatever it forwards', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['the forwarded address behind a trusted proxy', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['the forwarded address behind two trusted proxies', '10.0.0.1', '198.51.100.1, 10.0.0.2', '198.51.100.1'],
  ['the last untrusted entry after a forged one', '10.0.0.1', '192.0.2.1, 198.51.100.1', '198.51.100.1'],
  ['the trusted proxy when it sends no X-Forwarded-For', '10.0.0.1', undefined, '10.0.0.1'],
  ['the trusted proxy when it forwards only trusted proxies', '10.0.0.1', '10.0.0.3', '10.0.0.1'],
  ['the last untrusted entry even if it is not an address', '10.0.0.1', ',,\u0000x', '\u0000x'],
])('A9 the client address is %s', (_, remoteAddress, forwarded, expected) => {
  expect(addressOf(request(remoteAddress, forwarded))).toBe(expected);
});
