import { once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { until } from '@bff/testbed';
import { afterEach, expect, test } from '@jest/globals';
import { createLogger, createMetrics, type Service } from '../../src/index.ts';
import { startTestService } from '../process/start-test-service.ts';

let service: Service;
afterEach(async () => void (await service.stop()));

type Line = Readonly<Record<string, unknown>>;
const message = 'malformed or incomplete messages refused';

async function start() {
  let now = 0;
  const lines: Line[] = [];
  const sink = new Writable({
    write: (line, _, done) => (lines.push(JSON.parse(String(line)) as Line), done()),
  });
  const metrics = createMetrics('test');
  service = await startTestService({
    app: (request, response) => void (request.url === '/' ? response.end('done') : request.resume()),
    metrics,
    log: createLogger('test', 'info', sink),
    clock: () => now,
    headersTimeoutMs: 100,
    requestTimeoutMs: 200,
  });
  return {
    pass: (seconds: number) => void (now += seconds * 1_000),
    lines: () => lines.filter(({ msg }) => msg === message),
    text: () => JSON.stringify(lines),
    counts: async () => {
      const all = (await metrics.values()).find(({ name }) => name === 'bff_refused_messages_total');
      return Object.fromEntries(all?.values.map(({ labels, value }) => [labels['status'], value]) ?? []);
    },
  };
}

/** Sends bytes on a new connection and waits until the server ends it. */
async function say(bytes: string): Promise<void> {
  const { hostname, port } = new URL(service.url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  socket.on('error', () => undefined).resume();
  socket.write(bytes, 'latin1');
  await once(socket, 'end');
  socket.destroy();
}

const none = { 400: 0, 408: 0, 413: 0, 414: 0, 417: 0, 431: 0 };

test('F52 a message that the HTTP server refuses is counted by the status of its response', async () => {
  const { counts } = await start();
  expect(await counts()).toEqual(none);
  for (const bytes of [
    'GET / HTTP/1.1\r\n\r\n',
    'hello\r\n\r\n',
    'CONNECT y:443 HTTP/1.1\r\nHost: y:443\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\n',
    `POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}`,
    `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    'GET / HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
  ])
    await say(bytes);
  expect(await counts()).toEqual({ 400: 3, 408: 1, 413: 1, 414: 1, 417: 1, 431: 1 });
});

test('F52 neither bytes after a malformed message on its connection nor requests of the app count as refused messages', async () => {
  const { counts } = await start();
  const { hostname, port } = new URL(service.url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true }).setNoDelay();
  socket.on('error', () => undefined).resume();
  // The response to the malformed message waits for the one before it.
  socket.write('GET /held HTTP/1.1\r\nHost: x\r\n\r\nhello\r\n\r\n');
  await until(async () => (await counts())['400'] === 1);
  for (let i = 0; i < 5; i++) socket.write('hello\r\n\r\n');
  await say('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await say('hello\r\n\r\n');
  socket.destroy();
  expect(await counts()).toEqual({ ...none, 400: 2 });
});

test('F52 a client that resets its connection does not count as a refused message', async () => {
  const { counts } = await start();
  const { hostname, port } = new URL(service.url);
  const socket = connect({ port: Number(port), host: hostname });
  await once(socket, 'connect');
  socket.write('GET / HT');
  socket.resetAndDestroy();
  await say('hello\r\n\r\n');
  expect(await counts()).toEqual({ ...none, 400: 1 });
});

test('F52 refused messages are logged once a minute for each status, with their number and without their content', async () => {
  const { pass, lines, text } = await start();
  const secret = 'secret-of-a-client';
  for (let i = 0; i < 5; i++)
    await say(`GET /${secret}?a=${secret} HTTP/1.1\r\nX-Request-ID: ${secret}\r\n\r\n`);
  await say(`GET /${secret} HTTP/1.1\r\nHost: x\r\nExpect: ${secret}\r\n\r\n`);
  const of = (status: number, problem: string, messages: number) =>
    expect.objectContaining({ level: 'info', status, problem, messages });
  expect(lines()).toEqual([of(400, 'bad-request', 1), of(417, 'expectation-failed', 1)]);
  pass(59);
  await say(`${secret}\r\n\r\n`);
  expect(lines()).toHaveLength(2);
  pass(1);
  await say(`${secret}\r\n\r\n`);
  await until(() => lines().length === 3);
  expect(lines()[2]).toEqual(of(400, 'bad-request', 6));
  expect(Object.keys(lines()[2] ?? {}).sort()).toEqual([
    'level',
    'messages',
    'msg',
    'problem',
    'service',
    'status',
    'time',
  ]);
  expect(text()).not.toContain(secret);
  expect(
    lines()
      .map((line) => JSON.stringify(line))
      .join(),
  ).not.toMatch(/127\.0\.0\.1|::1/);
});
