import { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { createHttpServer, createInMemoryClient } from '../../src/index.ts';

/** An app with prototypes as `express()` creates them. */
const app = {
  request: Object.create(IncomingMessage.prototype) as object,
  response: Object.create(ServerResponse.prototype) as object,
};

test.each([
  ['with the prototypes of its app', { app }, app.request, app.response],
  ['with those of Node when no app is given', {}, IncomingMessage.prototype, ServerResponse.prototype],
  [
    'with those of Node when its app has none',
    { app: {} },
    IncomingMessage.prototype,
    ServerResponse.prototype,
  ],
])('a server creates requests and responses %s', async (_circumstance, options, request, response) => {
  const seen: unknown[] = [];
  const server = createHttpServer((given, answer) => {
    seen.push(Object.getPrototypeOf(given), Object.getPrototypeOf(answer));
    expect(given instanceof IncomingMessage && answer instanceof ServerResponse).toBe(true);
    answer.setHeader('X-Seen', given.headers['x-sent'] ?? '').end();
  }, options);
  const client = createInMemoryClient(server);
  const answer = await client.send({ path: '/', headers: { 'X-Sent': 'yes' } });
  expect(answer).toMatchObject({ status: 200, headers: { 'x-seen': 'yes' } });
  expect(seen).toEqual([request, response]);
  expect(seen[0]).toBe(request);
  client.close();
  server.close();
});
