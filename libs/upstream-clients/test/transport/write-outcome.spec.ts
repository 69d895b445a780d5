import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createWorld, scopeOf, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const done = { kind: 'value', value: undefined };

describe('F01 a successful write counts as made, whatever its answer looks like', () => {
  const answers: [title: string, answer: (response: ServerResponse) => void][] = [
    ['204', (response) => response.writeHead(204).end()],
    ['205', (response) => response.writeHead(205).end()],
    ['200 without a body', (response) => response.writeHead(200).end()],
    ['200 without a type', (response) => response.writeHead(200).end('{"version":"v2"}')],
    ['201 with HTML', (response) => response.writeHead(201, { 'Content-Type': 'text/html' }).end('<p>')],
    ['202 with a status object', (response) => response.writeHead(202, json).end('{"status":"queued"}')],
    ['200 with a value that does not match the schema', (response) => response.writeHead(200, json).end('[]')],
    ['200 with broken JSON', (response) => response.writeHead(200, json).end('{"version":')],
    ['200 with bytes that are not UTF-8', (response) => response.writeHead(200, json).end(Buffer.from([0x22, 0xff, 0x22]))],
    ['200 with a truncated body', (response) => {
      response.writeHead(200, { ...json, 'Content-Length': '100' }).write('{"version":');
      setImmediate(() => response.destroy());
    }],
    ['200 with a body above the limit', (response) => response.writeHead(200, { ...json, 'Content-Length': String(2 ** 21) }).end(Buffer.alloc(2 ** 21))],
  ]; // prettier-ignore
  const json = { 'Content-Type': 'application/json' };

  test.each(answers)(
    'when a write is answered with %s, the outcome is a value without content, and the write is sent once',
    async (_title, answer) => {
      let calls = 0;
      const upstream = await world.http((request, response) => {
        calls++;
        request.resume().on('end', () => answer(response));
      });
      const { clients, metric } = world.clients(upstream.address);
      for (let turn = 1; turn <= 10; turn++)
        expect(await clients.thing.changeSettings(scopeOf(), { thingId }, { body: {} })).toEqual(done);
      expect(calls).toBe(10);
      expect(await metric('bff_breaker_state', { upstream: 'thing', operation: 'changeSettings' })).toBe(0);
    },
  );

  test('a read that is answered with 204 is a bad response', async () => {
    const upstream = await world.http((_, response) => response.writeHead(204).end());
    const { clients } = world.clients(upstream.address);
    expect(await clients.thing.read(scopeOf(), { thingId })).toMatchObject({ reason: 'bad-response' });
  });
});

describe('F02 the text of an answer is decoded as declared, or the answer is a bad response', () => {
  const text = (latin: Buffer, type: string) => async () => {
    const upstream = await world.http((_, response) =>
      response.writeHead(200, { 'Content-Type': type }).end(latin),
    );
    const { clients } = world.clients(upstream.address);
    return clients.thing.settings(scopeOf(), { thingId });
  };
  const latin1 = Buffer.from('{"city":"Z\xfcrich"}', 'latin1');

  test.each([
    ['declared ISO-8859-1', 'application/json; charset=ISO-8859-1', latin1],
    ['ISO-8859-1 declared in quotes and in lower case', 'application/json;charset="iso-8859-1"', latin1],
    ['declared UTF-16', 'application/json; charset=utf-16le', Buffer.from('{"city":"Zürich"}', 'utf16le')],
    ['declared UTF-8', 'application/json; charset=UTF-8', Buffer.from('{"city":"Zürich"}')],
    ['undeclared UTF-8', 'application/json', Buffer.from('{"city":"Zürich"}')],
  ])('an answer in %s is decoded without losing a character', async (_title, type, bytes) => {
    expect(await text(bytes, type)()).toMatchObject({ kind: 'value', value: { city: 'Zürich' } });
  });

  test.each([
    ['bytes that are not UTF-8 and without a charset', 'application/json', latin1],
    ['bytes that are not UTF-8 but are declared as UTF-8', 'application/json; charset=utf-8', latin1],
    ['an unknown charset', 'application/json; charset=klingon', latin1],
    ['a truncated character', 'application/json', Buffer.from([0x22, 0xe2, 0x82])],
  ])('an answer with %s is a bad response', async (_title, type, bytes) => {
    expect(await text(bytes, type)()).toMatchObject({ kind: 'failed', reason: 'bad-response' });
  });
});

test.each([
  'application/hal+json',
  'application/vnd.thing.v2+json',
  'text/json',
  'Application/JSON',
  'application/json ; q=1',
  'application/problem+JSON; charset=utf-8',
])('F04 an answer of the media type %s is parsed as JSON', async (type) => {
  const upstream = await world.http((_, response) =>
    response.writeHead(200, { 'Content-Type': type }).end('{"a":1}'),
  );
  const { clients } = world.clients(upstream.address);
  expect(await clients.thing.settings(scopeOf(), { thingId })).toMatchObject({
    kind: 'value',
    value: { a: 1 },
  });
});

test.each(['application/jsonp', 'text/plain', 'application/xml', 'x+json'])(
  'F04 an answer of the media type %s is a bad response, because the type is not JSON',
  async (type) => {
    const upstream = await world.http((_, response) =>
      response.writeHead(200, { 'Content-Type': type }).end('{"a":1}'),
    );
    const { clients } = world.clients(upstream.address);
    expect(await clients.thing.settings(scopeOf(), { thingId })).toMatchObject({ reason: 'bad-response' });
  },
);
