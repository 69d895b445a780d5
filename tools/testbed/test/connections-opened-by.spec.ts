import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectionsOpenedBy } from '../src/index.ts';

const server = createServer((socket) => void socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
let url: string;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test('a connection that the work opens is returned, also one that a timer of the work opens', async () => {
  const opened = await connectionsOpenedBy(async () => {
    await fetch(url);
    await setTimeout(1);
    await fetch(url);
  });
  expect(opened).toHaveLength(2);
});

test('a connection that others open during the work is not returned', async () => {
  const begun = Promise.withResolvers<undefined>();
  const others = begun.promise.then(() => fetch(url));
  const opened = await connectionsOpenedBy(async () => {
    begun.resolve(undefined);
    await others;
  });
  expect(opened).toEqual([]);
});
