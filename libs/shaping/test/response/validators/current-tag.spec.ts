import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLogger, withRequestContext } from '@bff/service-kit';
import express from 'express';
import { createSender, currentTag, problemHandler, requireMatch, type Answer } from '../../../src/index.ts';
import { serve, type HttpWorld } from '../../wire/http-world.ts';

const sender = createSender({ etagKey: 'a key of a test, longer than 32 bytes' });
let current: Answer = {
  view: { text: 'x'.repeat(2_000) },
  degraded: [],
  scope: ['t1', 'u1', '/settings'],
};
let world: HttpWorld;
beforeAll(async () => {
  const app = express().use(withRequestContext(createLogger('test', 'silent')));
  app.get('/', (request, response) => sender.send(request, response, current));
  app.patch('/', async (request, response) => {
    await requireMatch(sender, current, String(request.headers['if-match']));
    const ETag = await currentTag(sender, current);
    await sender.send(request, response, { ...current, headers: { ETag } });
  });
  world = await serve(app.use(problemHandler()));
});
afterAll(() => world.close());

const patch = async (ifMatch: string) =>
  world.exchange({ method: 'PATCH', headers: { 'if-match': ifMatch, 'accept-encoding': 'gzip' } });
const tagOf = async (coding: string) =>
  String((await world.exchange({ headers: { 'accept-encoding': coding } })).headers.etag);

test('the tag of a read matches the If-Match of a write, whichever codings the client accepted for the read and the write', async () => {
  const tags = await Promise.all(['identity', 'br', 'zstd', 'gzip'].map(tagOf));
  expect(new Set(tags).size).toBe(4);
  for (const tag of tags) expect((await patch(tag)).status).toBe(200);
  expect((await patch(`"old", ${tags[1]}`)).status).toBe(200);
  expect((await patch('*')).status).toBe(200);
});

test('the answer of a write has the tag of a read, and is no-store', async () => {
  const { headers } = await patch('*');
  expect(headers.etag).toBe(await tagOf('identity'));
  expect(headers['cache-control']).toBe('no-store');
});

test.each(['"old"', 'W/"old"', '', 'nonsense', '"unterminated'])(
  'a write with If-Match %j returns 412',
  async (field) => {
    expect((await patch(field)).status).toBe(412);
  },
);

test('a write whose If-Match has a weak tag, or a tag of another state or scope, returns 412 (RFC 9110, section 13.1.1)', async () => {
  const tag = await tagOf('identity');
  expect((await patch(`W/${tag}`)).status).toBe(412);
  const before = current;
  current = { ...before, view: { text: 'y'.repeat(2_000) } };
  expect((await patch(tag)).status).toBe(412);
  current = { ...before, scope: ['t2', 'u1', '/settings'] };
  expect((await patch(tag)).status).toBe(412);
  current = before;
  expect((await patch(tag)).status).toBe(200);
});
