import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Degradation } from '@bff/service-kit';
import { createSender, type Answer, type Delta, type JsonObject } from '../../src/index.ts';
import { decoded, serve, type HttpWorld } from '../wire/http-world.ts';

const sender = createSender({ etagKey: 'a test key of more than 32 bytes!' });
const etag = '"the-view-that-it-leads-to"';
const lost: Degradation = { source: 'things', reason: 'timeout', fallback: 'default' };

let world: HttpWorld;
let answer: Answer;
let delta: Delta | undefined;
beforeAll(async () => {
  world = await serve((request, response) => {
    if (delta) sender.sendDelta(request, response, answer, delta).catch(() => response.destroy());
    else sender.sendNotModified(response, { ...answer, token: 'token' });
  });
});
afterAll(() => world.close());

const whole = (view: JsonObject, more: Partial<Answer> = {}): Answer => ({
  view,
  degraded: [],
  scope: ['t1'],
  token: 'token',
  headers: { Vary: 'A-IM' },
  ...more,
});
const difference = (body: string): Delta => ({
  body,
  type: 'application/json-patch+json',
  etag,
  headers: { IM: 'json-patch', Vary: 'A-IM' },
});
const list = (length: number, text: (index: number) => string): JsonObject => ({
  items: Array.from({ length }, (_, index) => text(index)),
});
const noise = (bytes: number): string => JSON.stringify(randomBytes(bytes).toString('base64'));

function ask(what: Answer, patch: Delta | undefined, headers: Record<string, string> = {}, method = 'GET') {
  [answer, delta] = [what, patch];
  return world.exchange({ method, headers });
}

test('a delta is sent as 226 with its own media type and entity tag, and no-store', async () => {
  const got = await ask(whole(list(9, String)), difference('[]'));
  expect([got.status, decoded(got)]).toEqual([226, '[]']);
  expect(got.headers).toMatchObject({
    'content-type': 'application/json-patch+json',
    im: 'json-patch',
    etag,
    vary: 'A-IM, Accept-Encoding',
    'cache-control': 'no-store',
    'content-length': '2',
  });
});

test('HEAD of a delta has the header fields of GET and no body', async () => {
  const asked = [whole(list(9, String)), difference('[]')] as const;
  const [got, head] = [await ask(...asked), await ask(...asked, {}, 'HEAD')];
  expect({ ...head.headers, date: '' }).toEqual({ ...got.headers, date: '' });
  expect([head.status, head.body.length]).toEqual([226, 0]);
});

test('a delta to a degraded view has BFF-Degraded, and still has an entity tag', async () => {
  const got = await ask(whole(list(9, String), { degraded: [lost] }), difference('[]'));
  expect(got.headers).toMatchObject({ etag, 'bff-degraded': 'things;reason=timeout;fallback=default' });
});

test.each(['br', 'gzip', 'zstd'])('a delta above 1 KB is encoded in %s', async (coding) => {
  const body = JSON.stringify(list(200, (index) => `item ${index}`)['items']);
  const got = await ask(whole(list(900, noise.bind(undefined, 9))), difference(body), {
    'accept-encoding': coding,
  });
  expect([got.status, got.headers['content-encoding'], decoded(got)]).toEqual([226, coding, body]);
});

test('when a delta is not shorter than the encoded complete answer, the complete answer is sent', async () => {
  const repeats = list(500, () => 'all the same');
  const patch = difference(noise(600));
  const plain = await ask(whole(repeats), patch);
  expect(plain.status).toBe(226);
  const coded = await ask(whole(repeats), patch, { 'accept-encoding': 'br' });
  expect([coded.status, coded.headers.etag, coded.headers['im']]).toEqual([200, '"token-br"', undefined]);
  expect(coded.headers['cache-control']).toBe('private, no-cache');
  const degraded = await ask(whole(repeats, { degraded: [lost] }), patch, { 'accept-encoding': 'br' });
  expect([degraded.status, degraded.headers.etag]).toEqual([200, undefined]);
});

test('a client that refuses every coding gets neither a delta nor a complete answer', async () => {
  [answer, delta] = [whole({}), difference('[]')];
  await expect(world.exchange({ headers: { 'accept-encoding': '*;q=0' } })).rejects.toThrow();
});

test('a 304 to a client with another tag of the answer carries the current tag', async () => {
  const got = await ask(whole({ a: 1 }), undefined, { 'if-none-match': '"an-older-name"' });
  expect([got.status, got.body.length]).toEqual([304, 0]);
  expect(got.headers).toMatchObject({ etag: '"token"', 'cache-control': 'private, no-cache' });
});

test('a view that is given as serialized JSON is sent unchanged', async () => {
  const other = createSender({ etagKey: 'a test key of more than 32 bytes!' });
  const server = await serve(
    (request, response) =>
      void other.send(request, response, whole({ b: 1, a: 2 }, { json: '{"a":2,"b":1}' })),
  );
  expect(decoded(await server.exchange({}))).toMatch(/^\{"a":2,"b":1,"_meta":/);
  await server.close();
});
