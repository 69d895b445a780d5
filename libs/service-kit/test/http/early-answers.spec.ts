import { once } from 'node:events';
import { connect } from 'node:net';
import type { IncomingMessage, RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  contextOf,
  createLogger,
  withRequestContext,
  type Service,
  type ServiceOptions,
} from '../../src/index.ts';
import { startTestService } from '../process/start-test-service.ts';

let service: Service;
afterEach(async () => void (await service.stop()));

const host = 'Host: x\r\n';
const patch = `PATCH /slow HTTP/1.1\r\n${host}Content-Length: 2\r\n\r\n{}`;

/** Answers with the path: `/slow` after a delay, `/body` when the body is complete. */
const echo: RequestListener = (request, response) => {
  const answer = () => void response.end(`done ${request.url}`);
  if (request.url === '/slow') setTimeout(answer, 30);
  else if (request.url === '/body') request.resume().once('end', answer);
  else answer();
};

async function start(options: Partial<ServiceOptions> = {}, app: RequestListener = echo): Promise<void> {
  service = await startTestService({ app, ...options });
}

/** Returns everything that the server sends on a connection after these bytes. */
async function say(bytes: string): Promise<string> {
  const { hostname, port } = new URL(service.url);
  // Half-open, so that the server has to close the connection itself.
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let said = '';
  socket.on('data', (chunk) => (said += String(chunk)));
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  await once(socket, 'end');
  socket.destroy();
  return said;
}

const statusesOf = (said: string): number[] =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Checks that the response is a problem with the fields of every response. */
function expectProblem(said: string, status: number, type: string, detail?: string): void {
  expect(statusesOf(said)).toEqual([status]);
  const [head = '', body = ''] = said.split('\r\n\r\n');
  const fields = Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(': ')),
  ) as Record<string, string>;
  expect(fields).toMatchObject({
    'Content-Type': 'application/problem+json',
    'Content-Length': String(body.length),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  });
  expect(Date.parse(fields['Date'] ?? '')).toBeGreaterThan(Date.now() - 60_000);
  expect(fields['X-Request-ID']).toMatch(/^[\da-f]{24}$/);
  expect(JSON.parse(body)).toMatchObject({
    type: `/problems/${type}`,
    status,
    request_id: fields['X-Request-ID'],
    ...(detail !== undefined && { detail }),
  });
}

test.each([
  ['HTTP/1.1 without Host', 'GET / HTTP/1.1\r\n\r\n', 400, 'bad-request', 'There is no Host field.'],
  [
    'two Host lines',
    `GET / HTTP/1.1\r\n${host}host: y\r\n\r\n`,
    400,
    'bad-request',
    'There is more than one Host field.',
  ],
  [
    'the same Host twice',
    `GET / HTTP/1.1\r\n${host}${host}\r\n`,
    400,
    'bad-request',
    'There is more than one Host field.',
  ],
  [
    'two Host lines of HTTP/1.0',
    `GET / HTTP/1.0\r\n${host}${host}\r\n`,
    400,
    'bad-request',
    'There is more than one Host field.',
  ],
  ['an empty Host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n', 400, 'bad-request', 'The Host field is not valid.'],
  [
    'a Host with a path',
    'GET / HTTP/1.1\r\nHost: x/y\r\n\r\n',
    400,
    'bad-request',
    'The Host field is not valid.',
  ],
  [
    'a Host with user information',
    'GET / HTTP/1.1\r\nHost: a@x\r\n\r\n',
    400,
    'bad-request',
    'The Host field is not valid.',
  ],
  [
    'a list of hosts',
    'GET / HTTP/1.1\r\nHost: x, y\r\n\r\n',
    400,
    'bad-request',
    'The Host field is not valid.',
  ],
  [
    'an unknown expectation',
    `GET / HTTP/1.1\r\n${host}Expect: 200-ok\r\n\r\n`,
    417,
    'expectation-failed',
    undefined,
  ],
  ['CONNECT', 'CONNECT y:443 HTTP/1.1\r\nHost: y:443\r\n\r\n', 400, 'bad-request', 'This is not a proxy.'],
  ['CONNECT to a path', `CONNECT /a HTTP/1.1\r\n${host}\r\n`, 400, 'bad-request', undefined],
  [
    'header fields above the limit',
    `GET / HTTP/1.1\r\n${host}X: ${'y'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers-too-large',
    undefined,
  ],
  [
    'more header fields than the limit',
    `GET / HTTP/1.1\r\n${host}${'a:\r\n'.repeat(5_000)}\r\n`,
    431,
    'headers-too-large',
    undefined,
  ],
  [
    'an address above the limit',
    `GET /${'y'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`,
    414,
    'uri-too-long',
    undefined,
  ],
  ['a message that is not HTTP', 'hello\r\n\r\n', 400, 'bad-request', undefined],
  ['the connection preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'bad-request', undefined],
  [
    'a request with two Content-Length lines',
    `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`,
    400,
    'bad-request',
    undefined,
  ],
  [
    'a request with both Content-Length and Transfer-Encoding',
    `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
    'bad-request',
    undefined,
  ],
  [
    'a chunk that is malformed',
    `POST /body HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
    400,
    'bad-request',
    undefined,
  ],
  [
    'a chunk with an endless extension',
    `POST /body HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}`,
    413,
    'content-too-large',
    undefined,
  ],
  ['headers that never end', `GET / HTTP/1.1\r\n${host}`, 408, 'request-timeout', undefined],
  [
    'a body that never ends',
    `POST /body HTTP/1.1\r\n${host}Content-Length: 9\r\n\r\nx`,
    408,
    'request-timeout',
    undefined,
  ],
])(
  'F52 an invalid message (%s) gets a problem response with Date and request id',
  async (_, bytes, status, type, detail) => {
    await start({ headersTimeoutMs: 100, requestTimeoutMs: 200 });
    expectProblem(await say(bytes), status, type, detail);
  },
);

test.each([
  ['HTTP/1.0 without Host', 'GET / HTTP/1.0\r\n\r\n'],
  ...['x', 'a-b.example:8080', '[::1]:3001', '127.0.0.1', 'my_service', 'x:', 'a%2db'].map((name) => [
    `Host: ${name}`,
    `GET / HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`,
  ]),
])('F52 a request with %s is accepted', async (_, bytes) => {
  await start();
  expect(statusesOf(await say(bytes))).toEqual([200]);
});

test('F52 a response that the HTTP server sends without calling the app has the X-Request-ID that the client sent', async () => {
  await start();
  const said = await say('GET / HTTP/1.1\r\nX-Request-ID: request-1\r\n\r\n');
  expect(said).toContain('X-Request-ID: request-1\r\n');
  expect(said).toContain('"request_id":"request-1"');
});

describe('F56 responses keep the order of requests on a connection, and the response to a malformed message is last', () => {
  test.each([
    ['a malformed message', `GET / HTTP/1.1\r\nHost : x\r\n\r\n`],
    ['a message that is not HTTP', 'hello\r\n\r\n'],
    ['a message without Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a CONNECT request', 'CONNECT y:443 HTTP/1.1\r\nHost: y:443\r\n\r\n'],
    ['a message whose header fields end early', `GET / HTTP/1.1\r\n${host}\0\r\n\r\n`],
  ])('on a connection with a write in progress, %s is answered last', async (_, malformed) => {
    await start();
    const said = await say(patch + malformed);
    expect(statusesOf(said)).toEqual([200, 400]);
    expect(said).toContain('done /slow');
  });

  test('on a connection with two writes in progress, a malformed message is answered last, even if the second write ends first', async () => {
    await start();
    const said = await say(`${patch}${patch.replace('/slow', '/fast')}hello\r\n\r\n`);
    expect(statusesOf(said)).toEqual([200, 200, 400]);
    expect(said.indexOf('done /slow')).toBeLessThan(said.indexOf('done /fast'));
  });

  test('on a connection with a write in progress, a second write with a malformed body is answered last', async () => {
    await start();
    const said = await say(`${patch}POST /body HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`);
    expect(statusesOf(said)).toEqual([200, 400]);
  });

  test('the server sends no second response when it finds a malformed body after it has answered the request', async () => {
    await start();
    const said = await say(`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`);
    expect(statusesOf(said)).toEqual([200]);
  });

  test('on a connection with a write in progress, a request whose header fields never end is answered last', async () => {
    await start({ headersTimeoutMs: 100 });
    expect(statusesOf(await say(`${patch}GET / HTTP/1.1\r\n`))).toEqual([200, 408]);
  });
});

test('F52 the problem response to a malformed body has the request id under which the request is logged', async () => {
  let seen: IncomingMessage | undefined;
  const middleware = withRequestContext(createLogger('test', 'silent'));
  await start({}, (request, response) => middleware(request, response, () => void (seen = request.resume())));
  const said = await say(`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`);
  const { requestId } = contextOf(seen as IncomingMessage);
  expect(said).toContain(`X-Request-ID: ${requestId}\r\n`);
  expect(said).toContain(`"request_id":"${requestId}"`);
});

test('F52 a client that keeps its connection open after the response to a malformed message does not delay the drain', async () => {
  await start({ drainGraceMs: 20_000 });
  const { hostname, port } = new URL(service.url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  socket.on('error', () => undefined).resume();
  socket.write('hello\r\n\r\n');
  await once(socket, 'end');
  expect(await service.stop()).toBe(true);
  socket.destroy();
}, 10_000);
