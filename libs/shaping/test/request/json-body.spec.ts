import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createLogger, readSettings, withRequestContext } from '@bff/service-kit';
import express from 'express';
import { bodyLimits, bodySettings, jsonBody, problemHandler } from '../../src/index.ts';
import { nestsWithin } from '../../src/request/json-depth.ts';
import { quickest, serve, type HttpWorld } from '../wire/http-world.ts';

let world: HttpWorld;
/** Milliseconds from the arrival of the last request's header to the end of its handling. */
let spent = 0;

beforeAll(async () => {
  const app = express().use(withRequestContext(createLogger('test', 'silent')));
  app.use((_request, response, next) => {
    const start = performance.now();
    response.once('finish', () => (spent = performance.now() - start));
    next();
  });
  app.all('/default', jsonBody({ maxBytes: 102_400, maxDepth: 32 }), (request, response) => {
    response.json({ got: request.body === undefined ? 'nothing' : (request.body as unknown) });
  });
  const merge = jsonBody({
    types: ['application/merge-patch+json', 'application/json'],
    maxBytes: 10,
    maxDepth: 16,
  });
  app.all('/merge', merge, (request, response) => void response.json({ got: request.body as unknown }));
  app.all('/roomy', jsonBody({ maxBytes: 1_000_000, maxDepth: 3 }), (request, response) => {
    response.json({ got: request.body as unknown });
  });
  world = await serve(app.use(problemHandler()));
});
afterAll(() => world.close());

const json = { 'content-type': 'application/json' };

async function post(
  body: string | Buffer | undefined,
  headers: Record<string, string> = json,
  path = '/default',
  method = 'POST',
) {
  const answer = await world.exchange({ method, path, headers, body });
  return { ...answer, json: JSON.parse(answer.body.toString()) as Record<string, unknown> };
}

test.each([
  ['{"theme":1e400}', 'theme is a number that cannot be kept exactly; send a shorter one, or a string.'],
  ['{"theme":1,"theme":2}', 'theme occurs twice in its object.'],
])('F03 the request body %s returns 400 with a detail that names the member', async (text, detail) => {
  expect(await post(text)).toMatchObject({ status: 400, json: { detail } });
});

describe('jsonBody accepts a body that', () => {
  test.each([
    ['{"a":1}', { a: 1 }],
    ['[1,2]', [1, 2]],
    ['"text"', 'text'],
    ['null', null],
    ['\ufeff{}', {}],
    [' \n{"ä":"\\u00e4"} ', { ä: 'ä' }],
  ])('jsonBody accepts the body %s', async (text, value) => {
    expect(await post(text)).toMatchObject({ status: 200, json: { got: value } });
  });

  test.each([
    ['application/json; charset=utf-8'],
    ['application/json;charset="UTF-8"'],
    ['Application/JSON'],
    ['application/json; foo=bar'],
  ])('jsonBody accepts a body with Content-Type %s', async (type) => {
    expect(await post('{}', { 'content-type': type })).toMatchObject({ status: 200 });
  });

  test('jsonBody accepts a body with the content coding identity', async () => {
    expect(await post('{}', { ...json, 'content-encoding': 'identity' })).toMatchObject({ status: 200 });
  });

  test('jsonBody accepts a request without a body, whatever its Content-Type', async () => {
    for (const headers of [{}, json, { 'content-type': 'text/plain' }])
      expect(await post(undefined, { ...headers, 'content-length': '0' })).toMatchObject({
        json: { got: 'nothing' },
      });
    expect(await post(undefined, {}, '/default', 'GET')).toMatchObject({ json: { got: 'nothing' } });
  });

  test('jsonBody accepts a body with a member named __proto__ and changes no prototype', async () => {
    await post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('jsonBody accepts a body with exactly as many bytes and levels as allowed', async () => {
    expect(await post('{"a":12345}'.slice(0, 9) + '}', json, '/merge')).toMatchObject({ status: 200 });
    expect(await post('[[[1]]]', json, '/roomy')).toMatchObject({ status: 200 });
    expect(await post('{"a":{"b":{}},"c":[[]],"d":"[[[[{{{{"}', json, '/roomy')).toMatchObject({
      status: 200,
    });
  });
});

describe('a body that is rejected', () => {
  test.each([
    ['{', 'truncated'],
    ['{"a":1,}', 'a trailing comma'],
    ["{'a':1}", 'single quotes'],
    ['{}{}', 'two values'],
    ['NaN', 'not JSON'],
    ['hunter2', 'text'],
  ])(
    'the malformed body %s (%s) returns 400 with a problem that repeats nothing of the body',
    async (text) => {
      const answer = await post(text);
      expect(answer).toMatchObject({ status: 400, json: { type: '/problems/bad-request' } });
      expect(answer.body.toString()).not.toContain('hunter2');
    },
  );

  test('a body of bytes that are not UTF-8 returns 400', async () => {
    expect(await post(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).toMatchObject({ status: 400 });
    expect(await post(Buffer.from('{"a":1}', 'utf16le'))).toMatchObject({ status: 400 });
  });

  test('a request that announces a body and sends an empty one returns 400', async () => {
    expect(await post('', { ...json, 'transfer-encoding': 'chunked' })).toMatchObject({ status: 400 });
  });

  test.each([
    ['text/plain', '/default', 'POST', 'accept', 'application/json'],
    ['', '/default', 'POST', 'accept', 'application/json'],
    ['application/json-seq', '/default', 'POST', 'accept', 'application/json'],
    ['application/merge-patch+json', '/default', 'PATCH', 'accept-patch', 'application/json'],
    ['text/json', '/merge', 'PATCH', 'accept-patch', 'application/merge-patch+json, application/json'],
    ['application/json; charset=utf-16', '/default', 'POST', 'accept', 'application/json'],
    ['application/json; charset', '/default', 'POST', 'accept', 'application/json'],
    ['multipart/form-data; boundary=x', '/default', 'POST', 'accept', 'application/json'],
  ])(
    'a body with Content-Type %j on %s returns 415, and the response names the accepted types',
    async (type, path, method, header, value) => {
      const answer = await post('{}', type === '' ? {} : { 'content-type': type }, path, method);
      expect(answer).toMatchObject({ status: 415, json: { type: '/problems/unsupported-media-type' } });
      expect(answer.headers[header]).toBe(value);
    },
  );

  test.each([['gzip'], ['br'], ['deflate'], ['identity, gzip']])(
    'a body with Content-Encoding %s returns 415',
    async (coding) => {
      const answer = await post(gzipSync('{}'), { ...json, 'content-encoding': coding });
      expect(answer).toMatchObject({ status: 415 });
      expect(answer.headers['accept-encoding']).toBe('identity');
    },
  );

  test('a body with one byte more than allowed returns 413, and a body with one level more than allowed returns 400', async () => {
    expect(await post('{"a":12345}', json, '/merge')).toMatchObject({ status: 413 });
    expect(await post('[[[[1]]]]', json, '/roomy')).toMatchObject({ status: 400 });
    expect(await post('["\\"",[[{}]]]', json, '/roomy')).toMatchObject({ status: 400 });
  });

  test('a body without Content-Length that is too long returns 413', async () => {
    const answer = await post('1'.repeat(200_000), { ...json, 'transfer-encoding': 'chunked' });
    expect(answer).toMatchObject({ status: 413, json: { type: '/problems/content-too-large' } });
  });

  test('H8 a body of 10 MB returns 413 before a byte of the body is read', async () => {
    const socket = connect(world.port);
    socket.write(
      'POST /default HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10485760\r\n\r\n',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  test.each([
    ['10 MB', '/default', 413, '1'.repeat(10 * 1024 * 1024)],
    ['100,000 arrays', '/roomy', 400, `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['100,000 objects', '/roomy', 400, `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['100,000 arrays that never end', '/default', 400, '['.repeat(100_000)],
  ])(
    'H8 rejecting a body of %s costs little CPU time, and the service keeps working',
    async (_, path, status, text) => {
      let cheapest = Infinity;
      for (let run = 0; run < 5; run++) {
        expect(await post(text, json, path)).toMatchObject({ status });
        cheapest = Math.min(cheapest, spent);
      }
      // A generous bound, because the time includes receiving the body.
      expect(cheapest).toBeLessThan(20);
      expect(await post('{}')).toMatchObject({ status: 200 });
    },
  );
});

describe('H8 nesting depth without parsing', () => {
  test.each<[string, number]>([
    ['[]', 1],
    ['{"a":[{}]}', 3],
    ['[[],[[]],[]]', 3],
    ['["[[[["]', 1],
    [String.raw`["\"[[[",[]]`, 2],
    [String.raw`["\\",[]]`, 2],
    [String.raw`["\\\"[",[]]`, 2],
    ['{"[{":"}]"}', 1],
  ])('the nesting depth of %s is measured as %i without parsing', (text, depth) => {
    expect(nestsWithin(Buffer.from(text), depth)).toBe(true);
    expect(nestsWithin(Buffer.from(text), depth - 1)).toBe(false);
  });

  test('the nesting depth of 100,000 levels is measured in less than 5 ms', () => {
    const deep = Buffer.from('['.repeat(100_000));
    expect(quickest(() => expect(nestsWithin(deep, 32)).toBe(false))).toBeLessThan(5);
  });
});

test('size and nesting depth of bodies are limited by settings', () => {
  const { maxBodyBytes, maxJsonDepth } = readSettings(bodySettings, { MAX_BODY_BYTES: '2048' });
  expect(bodyLimits({ maxBodyBytes, maxJsonDepth })).toEqual({ maxBytes: 2048, maxDepth: 16 });
  expect(() => readSettings(bodySettings, { MAX_BODY_BYTES: '0', MAX_JSON_DEPTH: '100000' })).toThrow(
    /MAX_BODY_BYTES must be at least 1[^]*MAX_JSON_DEPTH must be at most 64/,
  );
});
