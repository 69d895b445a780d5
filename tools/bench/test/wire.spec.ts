import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { startCountingProxy, type CountingProxy, type Traffic } from '../src/world/counting-proxy.ts';
import { exchange } from '../src/world/exchange.ts';

const open: (Server | CountingProxy)[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer({ keepAliveTimeout: 1 }, listener).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('exchange returns the body as it was sent, and the size of the header section without fields of varying length', async () => {
  const coded = gzipSync('x'.repeat(5_000));
  const url = await serving((_, response) => {
    response.sendDate = false;
    response.writeHead(200, {
      Connection: 'close',
      'Content-Encoding': 'gzip',
      'Content-Length': coded.length,
      'Server-Timing': 'user;dur=12.5',
      RateLimit: '"burst";r=50;t=30',
    });
    response.end(coded);
  });
  const { body, headBytes } = await exchange(url, {});
  expect(body).toEqual(coded);
  const head = `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: ${coded.length}\r\n\r\n`;
  expect(headBytes).toBe(head.length);
});

test('exchange sends only the given header fields, so that no coding is requested implicitly', async () => {
  const url = await serving(({ method, headers }, response) => {
    response.setHeader('X-Asked', `${method} ${headers['accept-encoding']} ${headers['x-csrf']}`);
    response.end();
  });
  const { headers, body } = await exchange(url, { 'X-CSRF': '1' }, 'HEAD');
  expect(headers['x-asked']).toBe('HEAD undefined 1');
  expect(body).toHaveLength(0);
});

test('the counting proxy counts the body bytes of all answers and changes nothing', async () => {
  const target = await serving((request, response) => {
    response.writeHead(207, { 'X-Path': request.url, 'X-Got': request.headers.authorization });
    request.pipe(response);
  });
  const traffic: Traffic = { calls: 0, bytes: 0 };
  const proxy = await startCountingProxy(target, traffic);
  open.push(proxy);
  const post = (body: string): Promise<Response> =>
    fetch(`${proxy.url}/a?b=%20`, { method: 'POST', body, headers: { Authorization: 'Bearer t' } });
  const answer = await post('grüße');
  expect([
    answer.status,
    answer.headers.get('x-path'),
    answer.headers.get('x-got'),
    await answer.text(),
  ]).toEqual([207, '/a?b=%20', 'Bearer t', 'grüße']);
  await (await post('12')).text();
  expect(traffic).toEqual({ calls: 2, bytes: 7 + 2 });
});

test("the counting proxy resets the client's connection when the service resets its connection", async () => {
  const target = await serving((request) => request.socket.destroy());
  const proxy = await startCountingProxy(target, { calls: 0, bytes: 0 });
  open.push(proxy);
  await expect(exchange(proxy.url, {})).rejects.toThrow('socket hang up');
});
