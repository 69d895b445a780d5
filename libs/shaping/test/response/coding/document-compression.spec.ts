import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { createSender, documentCompression } from '../../../src/index.ts';
import { decoded, serve, type HttpWorld } from '../../wire/http-world.ts';

const page = `<p>${'All about things. '.repeat(200)}</p>`;
const view = { text: 'x'.repeat(3000) };
const lost = [{ source: 'things', reason: 'timeout', fallback: 'default' } as const];

let world: HttpWorld;

beforeAll(async () => {
  const sender = createSender({ etagKey: 'a test key of more than 32 bytes!' });
  const app = express().use(documentCompression());
  app.get('/page', (_request, response) => void response.type('html').send(page));
  app.get('/short', (_request, response) => void response.type('html').send('<p>short</p>'));
  app.get('/image', (_request, response) => void response.type('png').send(Buffer.alloc(3000)));
  app.get(
    '/strong',
    (_request, response) =>
      void response
        .type('html')
        .set({ ETag: '"v1"', 'Content-Length': String(page.length) })
        .end(page),
  );
  app.get('/view', (request, response) =>
    sender.send(request, response, { view, degraded: [], scope: ['a'] }),
  );
  app.get('/degraded', (request, response) =>
    sender.send(request, response, { view, degraded: lost, scope: ['a'] }),
  );
  world = await serve(app);
});
afterAll(() => world.close());

const get = (path: string, headers: Record<string, string> = { 'accept-encoding': 'gzip, br' }) =>
  world.exchange({ path, headers });

test('a document is coded, under a weak tag', async () => {
  const answer = await get('/page');
  expect(answer.headers).toMatchObject({
    'content-encoding': 'br',
    vary: 'Accept-Encoding',
    etag: expect.stringMatching(/^W\//),
  });
  expect(decoded(answer)).toBe(page);
});

test.each([
  ['a short document', '/short', undefined],
  ['what does not get smaller', '/image', undefined],
  ['what is sent under a strong tag', '/strong', undefined],
  [
    'a document when the client forbids it',
    '/page',
    { 'accept-encoding': 'br', 'cache-control': 'no-transform' },
  ],
  ["a sender's plain answer", '/view', { 'accept-encoding': 'deflate' }],
])('%s goes as it is', async (_, path, headers) => {
  const answer = await get(path, headers);
  expect(answer.status).toBe(200);
  expect(answer.headers).not.toHaveProperty('content-encoding');
  expect(answer.headers['content-length']).toBe(String(answer.body.length));
});

test("the sender's answers are coded once, by the sender", async () => {
  for (const path of ['/view', '/degraded']) {
    const answer = await get(path);
    expect(answer.headers['content-encoding']).toBe('br');
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    expect(JSON.parse(decoded(answer))).toMatchObject(view);
  }
});

test('H6 HEAD and 304 of a screen pass through unchanged', async () => {
  const full = await get('/view');
  const head = await world.exchange({
    method: 'HEAD',
    path: '/view',
    headers: { 'accept-encoding': 'gzip, br' },
  });
  expect({ ...head.headers, date: '' }).toEqual({ ...full.headers, date: '' });
  const unchanged = await get('/view', {
    'accept-encoding': 'br',
    'if-none-match': String(full.headers.etag),
  });
  expect(unchanged).toMatchObject({
    status: 304,
    headers: { etag: full.headers.etag, vary: 'Accept-Encoding' },
  });
});
