import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig({
    MAX_HEADER_BYTES: '4096',
    MAX_BODY_BYTES: '300',
    MAX_JSON_DEPTH: '4',
    HEADERS_TIMEOUT_MS: '200',
    REQUEST_TIMEOUT_MS: '400',
  });
});
afterAll(() => rig.close());

/** Sends bytes and returns everything received until the server closes the connection. */
async function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(rig.service.url);
  const socket = connect(Number(port), hostname);
  let said = '';
  socket.on('data', (chunk) => (said += String(chunk)));
  socket.write(bytes);
  await once(socket, 'close');
  return said;
}

describe('every limit of a request has a setting and a problem type', () => {
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const patch = (body: string) => [
    'PATCH /api/preferences HTTP/1.1',
    `Host: ${new URL(rig.service.url).host}`,
    ...Object.entries(rig.as('alice')).map(([name, value]) => `${name}: ${value}`),
    'If-Match: "x"',
    'Content-Type: application/merge-patch+json',
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ];

  test.each([
    [
      'MAX_HEADER_BYTES',
      () => `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(4096)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['HEADERS_TIMEOUT_MS', () => 'GET / HTTP/1.1\r\nHost: x\r\n', 408, 'request-timeout'],
    ['REQUEST_TIMEOUT_MS', () => patch('{"theme":"dark"}').join('\r\n').slice(0, -1), 408, 'request-timeout'],
    ['MAX_BODY_BYTES', () => patch(`{"a":"${'b'.repeat(300)}"}`).join('\r\n'), 413, 'content-too-large'],
    ['MAX_JSON_DEPTH', () => patch(nested(5)).join('\r\n'), 400, 'bad-request'],
  ])('a request that exceeds %s is rejected with its problem type', async (_, bytes, status, type) => {
    const calls = upstreamCalls(rig.world);
    const said = await raw(bytes());
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(said).toContain(`/problems/${type}`);
    expect(upstreamCalls(rig.world)).toBe(calls);
  });

  test('a request within all limits is served', async () => {
    expect(await raw(patch(nested(4)).join('\r\n'))).toMatch(/^HTTP\/1.1 412 /);
  });
});
