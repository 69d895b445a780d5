import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { afterEach, expect, test } from '@jest/globals';
import type { Service } from '../../src/index.ts';
import { startTestService } from '../process/start-test-service.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const get = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
let service: Service;
let client: Socket;
afterEach(async () => {
  client.destroy();
  await service.stop();
});

/** Starts a service that calls `handle` with each response, and connects a client. */
async function start(handle: (response: ServerResponse) => void) {
  const messages: WeakRef<object>[] = [];
  let closed = 0;
  service = await startTestService({
    app(request, response) {
      messages.push(new WeakRef(request), new WeakRef(response));
      response.on('close', () => closed++);
      handle(response);
    },
  });
  const { hostname, port } = new URL(service.url);
  client = connect(Number(port), hostname);
  client.resume();
  await once(client, 'connect');
  return {
    /** Sends a request, and waits until this many requests have arrived and responses were closed. */
    async request(arrivals: number, closures: number, bytes = get): Promise<void> {
      client.write(bytes);
      while (messages.length < 2 * arrivals || closed < closures) await delay(1);
    },
    /** Returns how many requests and responses are retained. */
    async retained(): Promise<number> {
      for (let round = 0; round < 3; round++) {
        await delay(5);
        collect();
      }
      expect(client.readyState).toBe('open');
      return messages.filter((message) => message.deref() !== undefined).length;
    },
  };
}

test('A11 a connection retains no message after the response is closed', async () => {
  const { request, retained } = await start((response) => void response.end('done'));
  for (let sent = 1; sent <= 10; sent++) await request(sent, sent);
  expect(await retained()).toBe(0);
});

test('A11 a connection retains no message after the client has sent a body that the response did not wait for', async () => {
  const { request, retained } = await start((response) => void response.end('done'));
  client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n');
  await request(1, 1, '');
  client.write('12345');
  expect(await retained()).toBe(0);
});

test('A11 a connection on which a request is always pending retains only the last two requests', async () => {
  const pending: ServerResponse[] = [];
  const { request, retained } = await start((response) => {
    pending.shift()?.end('done');
    pending.push(response);
  });
  for (let sent = 1; sent <= 10; sent++) await request(sent, sent - 1);
  expect(await retained()).toBeLessThanOrEqual(4);
});
