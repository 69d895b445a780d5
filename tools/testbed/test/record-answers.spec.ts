import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { recordAnswers } from '../src/index.ts';

const Thing = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
const json = (schema: object, headers = {}) => ({
  description: '',
  headers,
  content: { 'application/json': { schema } },
});
const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things/{id}': {
      get: {
        responses: {
          200: json({ $ref: '#/components/schemas/Thing' }, { ETag: { schema: { type: 'string' } } }),
          304: { description: '' },
          404: { $ref: '#/components/responses/Absent' },
        },
      },
    },
    '/things/latest': { get: { responses: { 204: { description: '' } } } },
  },
  components: { schemas: { Thing }, responses: { Absent: json(Thing) } },
};

/** Returns the error about one answer to GET `path`. */
async function saidOf(answer: RequestListener, path: string, method = 'GET'): Promise<string> {
  const recorder = recordAnswers(document);
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  recorder.watch(url);
  await (await fetch(url + path, { method })).arrayBuffer();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
  try {
    recorder.stop();
    return '';
  } catch (error) {
    return (error as Error).message.replace(/^.*\n/, '');
  }
}

const usual = '/things/1?full=1';
const thing = JSON.stringify({ id: '1' });
const type = { 'Content-Type': 'application/json' };

test.each<[string, RequestListener, string?, string?]>([
  ['fits the document', (_, response) => void response.writeHead(200, { ...type, ETag: '"1"' }).end(thing)],
  [
    'matches the document and is sent in parts',
    (_, response) => {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.write('{"id":');
      response.end(Buffer.from('"1"}'));
    },
  ],
  [
    'matches the document and is compressed',
    (_, response) =>
      void response.writeHead(200, { ...type, 'Content-Encoding': 'gzip' }).end(gzipSync(thing)),
  ],
  [
    'has no body, because the request was HEAD',
    (_, response) => void response.writeHead(200, { ...type, 'Content-Encoding': 'gzip' }).end(),
    '/things/1',
    'HEAD',
  ],
  ['has a status without a body', (_, response) => void response.writeHead(204).end(), '/things/latest'],
  [
    'matches a response that operations share',
    (_, response) => void response.writeHead(404, type).end(thing),
  ],
  [
    'belongs to no operation of the document',
    (_, response) => void response.writeHead(500).end('x'),
    '/other',
  ],
])('no error is reported for an answer that %s', async (_, answer, path = usual, method = 'GET') => {
  expect(await saidOf(answer, path, method)).toBe('');
});

test.each<[string, RequestListener, string, string?]>([
  [
    'status',
    (_, response) => void response.writeHead(409, type).end(thing),
    'GET /things/{id} 409: the status is not described',
  ],
  [
    'status of a literal path',
    (_, response) => void response.writeHead(200, type).end(thing),
    'GET /things/latest 200: the status is not described',
    '/things/latest',
  ],
  [
    'header field passed to writeHead',
    (_, response) => void response.writeHead(200, { ...type, 'BFF-Degraded': 'a' }).end(thing),
    'GET /things/{id} 200: the header field bff-degraded is not described',
  ],
  [
    'header field set with setHeader',
    (_, response) => void response.setHeader('Retry-After', '1').writeHead(200, type).end(thing),
    'GET /things/{id} 200: the header field retry-after is not described',
  ],
  [
    'media type',
    (_, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>'),
    'GET /things/{id} 200: the media type "text/html" is not described',
  ],
  [
    'body',
    (_, response) => void response.writeHead(200, type).end('{"id":1}'),
    'GET /things/{id} 200: /id must be string: {"id":1}',
  ],
  [
    'compressed body',
    (_, response) =>
      void response.writeHead(200, { ...type, 'Content-Encoding': 'gzip' }).end(gzipSync('{}')),
    "GET /things/{id} 200:  must have required property 'id': {}",
  ],
])(
  'an error is reported for a %s that the document does not describe',
  async (_, answer, line, path = usual) => {
    expect(await saidOf(answer, path)).toBe(line);
  },
);
