import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { clientAddress, trustedProxies } from '../../src/index.ts';

const addressOf = clientAddress(trustedProxies(['10.0.0.0/8']));
const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
  ['an untrusted connection, whatever it says', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a trusted proxy', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['two trusted proxies', '10.0.0.1', '198.51.100.1, 10.0.0.2', '198.51.100.1'],
  ['a client that forged the field', '10.0.0.1', '192.0.2.1, 198.51.100.1', '198.51.100.1'],
  ['a trusted proxy without the field', '10.0.0.1', undefined, '10.0.0.1'],
  ['only trusted proxies', '10.0.0.1', '10.0.0.3', '10.0.0.1'],
  ['a field that is not an address', '10.0.0.1', ',,\u0000x', '\u0000x'],
])('A9 returns the client address of %s', (_, remoteAddress, forwarded, expected) => {
  expect(addressOf(request(remoteAddress, forwarded))).toBe(expected);
});
