import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { publicDocument } from '../../src/index.ts';
import { decoded, serve, type HttpWorld } from '../wire/http-world.ts';

const page = `<p>${'All about things. '.repeat(200)}</p>`;
const script = `say(${JSON.stringify('ä'.repeat(40_000))});`;

let world: HttpWorld;
beforeAll(async () => {
  const app = express();
  app.get('/page', publicDocument('text/html; charset=utf-8', page, { 'Cache-Control': 'no-cache' }));
  app.get('/script', publicDocument('text/javascript; charset=utf-8', Buffer.from(script)));
  app.get('/short', publicDocument('text/plain', 'short'));
  world = await serve(app);
});
afterAll(() => world.close());

const exchange = (method: string, path: string, headers: Record<string, string>) =>
  world.exchange({ method, path, headers });

test.each(['br', 'zstd', 'gzip'])(
  'F53 HEAD of a public document has the header fields of GET (%s)',
  async (coding) => {
    for (const path of ['/page', '/script', '/short']) {
      const full = await exchange('GET', path, { 'accept-encoding': coding });
      const head = await exchange('HEAD', path, { 'accept-encoding': coding });
      expect(full.headers['content-encoding']).toBe(path === '/short' ? undefined : coding);
      expect(full.headers['content-length']).toBe(String(full.body.length));
      expect({ ...head.headers, date: '' }).toEqual({ ...full.headers, date: '' });
      expect(head.body).toHaveLength(0);
    }
  },
);

test.each([
  ['/page', page],
  ['/script', script],
])(
  'the public document %s is sent encoded with a weak tag, and with the same bytes each time',
  async (path, text) => {
    const [first, second] = await Promise.all(
      ['br', 'br'].map((coding) => exchange('GET', path, { 'accept-encoding': coding })),
    );
    expect(first?.headers).toMatchObject({
      'content-encoding': 'br',
      vary: 'Accept-Encoding',
      etag: expect.stringMatching(/^W\//),
    });
    expect(decoded(first!)).toBe(text);
    expect(second?.body).toEqual(first?.body);
  },
);

test.each([
  ['a short public document', '/short', { 'accept-encoding': 'gzip, br' }],
  [
    'a public document for a client that sends no-transform',
    '/page',
    { 'accept-encoding': 'br', 'cache-control': 'no-transform' },
  ],
  ['a public document for a client that names no coding', '/page', {}],
])('%s is sent uncoded', async (_, path, headers) => {
  const { status, headers: sent, body } = await exchange('GET', path, headers as Record<string, string>);
  expect(status).toBe(200);
  expect(sent).not.toHaveProperty('content-encoding');
  expect(sent['content-length']).toBe(String(body.length));
});

test('H6 a 304 for a public document has the validator and Vary, and no fields that describe content', async () => {
  const { headers } = await exchange('GET', '/page', { 'accept-encoding': 'br' });
  const again = await exchange('GET', '/page', {
    'accept-encoding': 'br',
    'if-none-match': String(headers.etag),
  });
  expect(again).toMatchObject({
    status: 304,
    headers: { etag: headers.etag, vary: 'Accept-Encoding', 'cache-control': 'no-cache' },
  });
  for (const name of ['content-type', 'content-encoding', 'content-length'])
    expect(again.headers).not.toHaveProperty(name);
});
