import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { contextOf, createLogger, Problem, StateUnavailable, withRequestContext } from '@bff/service-kit';
import express from 'express';
import { methodNotAllowed, notFound, problemHandler, sendProblem } from '../../src/index.ts';
import { serve, type HttpWorld, type WireAnswer } from '../wire/http-world.ts';

/** Every log line of the service. */
const lines: Record<string, unknown>[] = [];
const log = createLogger('test', 'trace', { write: (line: string) => void lines.push(JSON.parse(line)) });

const secret = 'postgres://admin:hunter2@10.0.0.7';
/** An error as axios throws it: with the status of the upstream's answer, and the request. */
const upstreamError = Object.assign(new Error('Request failed'), {
  status: 401,
  config: { headers: { Authorization: `Bearer ${secret}` } },
});
const thrown: Record<string, unknown> = {
  problem: new Problem('quota-exceeded', { detail: 'Slow down.', headers: { 'Retry-After': '7' } }),
  store: new StateUnavailable(`no answer from ${secret}`),
  bug: new TypeError(`cannot read ${secret}`),
  upstream: upstreamError,
  text: secret,
  decoding: new URIError(`malformed ${secret}`),
  // Errors as http-errors creates them.
  parser: Object.assign(new SyntaxError(secret), {
    status: 400,
    statusCode: 400,
    expose: true,
    body: secret,
  }),
  media: Object.assign(new Error(secret), { status: 415, statusCode: 415, expose: true }),
  size: Object.assign(new Error(secret), {
    status: 413,
    statusCode: 413,
    expose: true,
    type: 'entity.too.large',
  }),
  teapot: Object.assign(new Error(secret), { status: 418, statusCode: 418, expose: true }),
  hidden: Object.assign(new Error(secret), { status: 400, statusCode: 400, expose: false }),
};

let world: HttpWorld;
let upstream: (() => void) | undefined;

beforeAll(async () => {
  const app = express().disable('x-powered-by').use(withRequestContext(log));
  app.get('/throws/:what', (request, response) => {
    response
      .setHeader('ETag', '"of the view"')
      .setHeader('Cache-Control', 'private')
      .setHeader('Vary', 'Origin');
    throw thrown[request.params.what];
  });
  app.get('/rejects', () => Promise.reject(new Problem('conflict')));
  app.get('/begun', (_request, response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('begun');
    throw new Error('too late');
  });
  app.get('/slow', async (request) => {
    upstream?.();
    await once(contextOf(request).signal, 'abort');
    throw new Error('aborted');
  });
  app
    .route('/thing')
    .get((_request, response) => void response.end('thing'))
    .all(methodNotAllowed(['GET', 'PATCH']));
  app.get('/item/:id', (request, response) => void response.end(request.params.id));
  app.get('/plain', (request, response) =>
    sendProblem(request, response, new Problem('forbidden'), 'request-1'),
  );
  const nested = express.Router().get('/inner', () => {
    throw new Problem('not-found');
  });
  app.use('/outer', nested).use(notFound()).use(problemHandler());
  world = await serve(app);
});
afterAll(() => world.close());

const body = (answer: WireAnswer) => JSON.parse(answer.body.toString()) as Record<string, unknown>;

describe('a problem (RFC 9457)', () => {
  test('a problem response has all members of RFC 9457, the header fields of the problem, and no-store', async () => {
    const answer = await world.exchange({
      path: '/throws/problem?token=secret',
      headers: { 'x-request-id': 'request-0001' },
    });
    expect(answer.status).toBe(429);
    expect(body(answer)).toEqual({
      type: '/problems/quota-exceeded',
      title: 'The quota is used up',
      status: 429,
      detail: 'Slow down.',
      instance: '/throws/problem',
      request_id: 'request-0001',
    });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'content-length': String(answer.body.length),
      'cache-control': 'no-store',
      'retry-after': '7',
      vary: 'Origin, Accept-Encoding',
    });
    expect(answer.headers).not.toHaveProperty('etag');
  });

  test('the body of a problem without a detail has no member detail', async () => {
    expect(body(await world.exchange({ path: '/plain' }))).toEqual({
      type: '/problems/forbidden',
      title: 'Not allowed',
      status: 403,
      instance: '/plain',
      request_id: 'request-1',
    });
  });

  test('a problem response to HEAD has the header fields of the response to GET, without the body', async () => {
    const headers = { 'x-request-id': 'request-0001' };
    const get = await world.exchange({ path: '/throws/problem', headers });
    const head = await world.exchange({ method: 'HEAD', path: '/throws/problem', headers });
    expect(head.body).toHaveLength(0);
    expect(head.status).toBe(get.status);
    expect({ ...head.headers, date: '', traceparent: '' }).toEqual({
      ...get.headers,
      date: '',
      traceparent: '',
    });
  });

  test.each([
    ['/outer/inner?x=1', '/outer/inner'],
    ['//evil.example/x', '/evil.example/x'],
    ['/a%20b', '/a%20b'],
    ['http://elsewhere.example/thing/none?x', '/thing/none'],
    ['http://elsewhere.example?x', '/'],
  ])('the problem of a request for %s has the instance %s', async (path, instance) => {
    expect(body(await world.exchange({ path }))).toMatchObject({ status: 404, instance });
  });
});

describe('an error', () => {
  test.each([
    ['store', 503, 'unavailable'],
    ['decoding', 400, 'bad-request'],
    ['parser', 400, 'bad-request'],
    ['media', 415, 'unsupported-media-type'],
    ['size', 413, 'content-too-large'],
  ])(
    'an error of the kind "%s" is answered with %i %s, and nothing is logged',
    async (what, status, type) => {
      lines.length = 0;
      const answer = await world.exchange({ path: `/throws/${what}` });
      expect(answer.status).toBe(status);
      expect(body(answer)).toMatchObject({ type: `/problems/${type}`, status });
      expect(JSON.stringify([answer.headers, answer.body.toString()])).not.toContain('hunter2');
      expect(lines).toEqual([]);
    },
  );

  test('an error of a state store that is down is answered with a problem that has Retry-After', async () => {
    expect((await world.exchange({ path: '/throws/store' })).headers['retry-after']).toMatch(/^\d+$/);
  });

  test.each([['bug'], ['upstream'], ['text'], ['teapot'], ['hidden']])(
    'an error of the kind "%s" is answered with a 500 that contains none of its text, and is logged once',
    async (what) => {
      lines.length = 0;
      const answer = await world.exchange({
        path: `/throws/${what}`,
        headers: { 'x-request-id': 'request-0002' },
      });
      expect(body(answer)).toEqual({
        type: '/problems/internal',
        title: 'Internal server error',
        status: 500,
        instance: `/throws/${what}`,
        request_id: 'request-0002',
      });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({ level: 'error', request_id: 'request-0002' });
    },
  );

  test('an unexpected error is logged with its message and stack, and without its other members', async () => {
    lines.length = 0;
    await world.exchange({ path: '/throws/upstream' });
    expect(lines[0]).toMatchObject({
      error: { type: 'Error', message: 'Request failed', stack: expect.any(String) },
    });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  test('an error with which a handler rejects is answered like a thrown error', async () => {
    expect(await world.exchange({ path: '/rejects' })).toMatchObject({ status: 409 });
  });

  test('a path that cannot be decoded returns 400', async () => {
    const answer = await world.exchange({ path: '/item/%E0%A4%A' });
    expect(answer.status).toBe(400);
    expect(body(answer)).toMatchObject({ type: '/problems/bad-request' });
  });

  test('an error after an answer has begun closes the connection, so that the client notices the incomplete answer', async () => {
    lines.length = 0;
    await expect(world.exchange({ path: '/begun' })).rejects.toThrow(/aborted|hang up/);
    expect(lines).toHaveLength(1);
  });

  test('A3 an error that occurs after the client disconnected is not logged as a failure', async () => {
    lines.length = 0;
    const called = new Promise<void>((resolve) => (upstream = resolve));
    const request = httpRequest({ port: world.port, path: '/slow' }).end();
    request.on('error', () => undefined);
    await called;
    request.destroy();
    // The next answer follows after the first disconnect was noticed.
    await world.exchange({ path: '/plain' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(lines).toEqual([]);
  });
});

test('sendProblem closes the connection when an answer has already begun', async () => {
  const begun = await serve((request, response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('begun');
    sendProblem(request, response, new Problem('unavailable'), 'request-1');
  });
  await expect(begun.exchange()).rejects.toThrow(/aborted|hang up/);
  await begun.close();
});

describe('missing routes', () => {
  test('an unknown path returns 404', async () => {
    const answer = await world.exchange({ path: '/nowhere' });
    expect(answer.status).toBe(404);
    expect(body(answer)).toMatchObject({ type: '/problems/not-found', instance: '/nowhere' });
  });

  test.each([['POST'], ['PUT'], ['DELETE'], ['OPTIONS'], ['PROPFIND']])(
    'the method %s on a path that does not support the method returns 405',
    async (method) => {
      const answer = await world.exchange({ method, path: '/thing' });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('GET, HEAD, PATCH');
      expect(body(answer)).toMatchObject({ type: '/problems/method-not-allowed' });
    },
  );

  test('GET and HEAD on a path that supports GET return 200', async () => {
    expect((await world.exchange({ path: '/thing' })).body.toString()).toBe('thing');
    expect(await world.exchange({ method: 'HEAD', path: '/thing' })).toMatchObject({ status: 200 });
  });
});

test('H8 a request line of 8 KB of percent signs returns a problem with status 400', async () => {
  const socket = connect(world.port);
  socket.write(`GET /item/${'%'.repeat(8000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expect(text).toContain('application/problem+json');
});
