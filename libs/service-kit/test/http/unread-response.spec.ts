import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createHttpServer } from '../../src/http/http-server.ts';

/** More than the buffers of both sockets hold. */
const large = Buffer.alloc(32 * 1024 * 1024, 'x');
const requestTimeoutMs = 500;
const keepAliveTimeoutMs = 700;
const closing: (() => unknown)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Starts a server and connects a client that reads nothing. */
async function start(answer: (response: ServerResponse) => unknown): Promise<{
  readonly client: Socket;
  readonly responses: ServerResponse[];
}> {
  const responses: ServerResponse[] = [];
  const limits = { requestTimeoutMs, headersTimeoutMs: requestTimeoutMs, keepAliveTimeoutMs };
  const server = createHttpServer((_, response) => {
    responses.push(response);
    void answer(response);
  }, limits);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.pause().on('error', () => undefined);
  closing.push(
    () => client.destroy(),
    () => server.close(),
  );
  await once(client, 'connect');
  return { client, responses };
}

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

test('a client that never reads its response is disconnected', async () => {
  const closed = Promise.withResolvers<ServerResponse>();
  const { client } = await start((response) => {
    response.once('close', () => closed.resolve(response));
    response.end(large);
  });
  client.write(get);
  const response = await closed.promise;
  expect([response.writableFinished, response.socket?.destroyed ?? true]).toEqual([false, true]);
});

test('a client that pipelines 1,000 requests and never reads is disconnected', async () => {
  const closed = Promise.withResolvers<undefined>();
  const { client, responses } = await start((response) => {
    response.socket?.once('close', () => closed.resolve(undefined));
    response.end(large);
  });
  client.write(get.repeat(1_000));
  await closed.promise;
  expect(responses.every(({ closed: isClosed }) => isClosed)).toBe(true);
});

test('a client that pauses for less than the time limit receives the complete response', async () => {
  const { client } = await start((response) => response.end(large));
  client.write(get.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
  let bytes = 0;
  client.on('data', (chunk: Buffer) => {
    const before = bytes;
    bytes += chunk.length;
    // Pauses four times, together for longer than the limit.
    if (Math.floor(bytes / (large.length / 4)) === Math.floor(before / (large.length / 4))) return;
    client.pause();
    setTimeout(() => client.resume(), requestTimeoutMs / 3);
  });
  client.resume();
  await once(client, 'end');
  expect(bytes).toBeGreaterThan(large.length);
});

test('a response that takes longer than the time limit is sent', async () => {
  const { client } = await start(async (response) => {
    await pause(requestTimeoutMs * 2);
    response.end('late');
  });
  client.write(get);
  const [chunk] = (await once(client.resume(), 'data')) as [Buffer];
  expect(chunk.toString()).toContain('200 OK');
});

test('a client that never reads a response which took longer than the time limit is disconnected', async () => {
  const closed = Promise.withResolvers<ServerResponse>();
  const { client } = await start(async (response) => {
    response.once('close', () => closed.resolve(response));
    await pause(requestTimeoutMs * 2);
    response.end(large);
  });
  client.write(get);
  expect((await closed.promise).writableFinished).toBe(false);
});

test('an idle connection is closed after the keep-alive timeout, also after several requests', async () => {
  const { client } = await start((response) => response.end('x'));
  for (let count = 0; count < 3; count++) {
    client.write(get);
    await once(client.resume(), 'data');
  }
  await once(client, 'close');
});
