import type { IncomingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { del, get, patch, post, put, service, type CallScope } from '../../src/index.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, scopeOf } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const change = z.object({ title: z.string().nullable() });
const response = z.object({ version: z.int() });
const level = { 'X-Level': z.string().optional() };

const thing = service(
  'thing',
  { address: 'http://127.0.0.1:1' },
  {
    search: get('/things', {
      query: {
        tag: z.array(z.string()).optional(),
        isNew: z.boolean().optional(),
        limit: z.int().optional(),
      },
      response,
    }),
    read: get('/things/{thingId}', { headers: level, response }),
    summary: get('/things/{thingId}', { response: z.object({ version: z.int(), title: z.string() }) }),
    create: post('/things', { body: change, response }),
    start: post('/things/{thingId}/start', { response }),
    replace: put('/things/{thingId}', { body: change, response }),
    change: patch('/things/{thingId}', {
      body: change,
      contentType: 'application/merge-patch+json',
      response,
    }),
    remove: del('/things/{thingId}'),
    archived: get('/archive', { accept: 'application/vnd.thing+json', response }),
    removeAll: del('/things', { query: { tag: z.string() }, body: change, headers: level }),
  },
);

interface Seen {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Clients of `thing`, and the requests that reached it. Each answer has a different version. */
async function recorded(headers: Record<string, string> = {}, delayMs = 0) {
  const seen: Seen[] = [];
  const { address } = await world.http(async (request, answer) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    const version = seen.length;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    sendJson(answer, { version, title: 'Lamp' }, headers);
  });
  return { ...world.clientsOf({ thing }, address), seen };
}

type ThingClient = Awaited<ReturnType<typeof recorded>>['clients']['thing'];
type Write = (client: ThingClient, scope: CallScope) => Promise<unknown>;
const lamp = { title: 'Lamp' };

test.each([
  ['search', 'application/json'],
  ['archived', 'application/vnd.thing+json'],
] as const)('the operation %s sends the Accept field %s', async (name, accept) => {
  const { clients, seen } = await recorded({ 'Content-Type': accept });
  expect(await clients.thing[name](scopeOf(), {})).toMatchObject({ kind: 'value', value: { version: 1 } });
  expect(seen[0]?.headers.accept).toBe(accept);
});

describe('a write on the wire', () => {
  test.each<[string, Write, body: string, contentType: string | undefined]>([
    [
      'POST /things',
      (client, scope) => client.create(scope, {}, { body: lamp }),
      '{"title":"Lamp"}',
      'application/json',
    ],
    ['POST /things/1/start', (client, scope) => client.start(scope, { thingId: '1' }), '', undefined],
    [
      'PUT /things/1',
      (client, scope) => client.replace(scope, { thingId: '1' }, { body: lamp }),
      '{"title":"Lamp"}',
      'application/json',
    ],
    [
      'PATCH /things/1',
      (client, scope) => client.change(scope, { thingId: '1' }, { body: { title: null } }),
      '{"title":null}',
      'application/merge-patch+json',
    ],
    ['DELETE /things/1', (client, scope) => client.remove(scope, { thingId: '1' }), '', undefined],
    [
      'DELETE /things?tag=a%20b',
      (client, scope) => client.removeAll(scope, { tag: 'a b' }, { body: lamp }),
      '{"title":"Lamp"}',
      'application/json',
    ],
  ])(
    'the write %s arrives once, with its method, body and content type',
    async (line, write, body, contentType) => {
      const { clients, seen } = await recorded();
      await write(clients.thing, scopeOf());
      expect(seen).toHaveLength(1);
      expect(seen[0]).toMatchObject({ line, body });
      expect(seen[0]?.headers['content-type']).toBe(contentType);
    },
  );

  test('when a write succeeds, the value of its outcome is the answer, validated by the response schema', async () => {
    const { clients } = await recorded();
    const outcome = await clients.thing.replace(scopeOf(), { thingId: '1' }, { body: lamp });
    expect(outcome).toEqual({ kind: 'value', value: { version: 1 } });
  });
});

describe('query parameters on the wire', () => {
  test('a query parameter is repeated for each item of an array, is true or false for a boolean, and is not sent when its value is undefined', async () => {
    const { clients, seen } = await recorded();
    await clients.thing.search(scopeOf(), { tag: ['a', 'b&c'], isNew: false, limit: undefined });
    await clients.thing.search(scopeOf(), {});
    expect(seen.map(({ line }) => line)).toEqual(['GET /things?tag=a&tag=b%26c&isNew=false', 'GET /things']);
  });
});

describe('header parameters on the wire', () => {
  const u1 = () => scopeOf({ identityKey: 'u1' });
  const readAt = (client: ThingClient, value: string | undefined) =>
    client.read(u1(), { thingId: '1', 'X-Level': value });

  test('a header parameter is sent, and a header parameter with an undefined value is not sent', async () => {
    const { clients, seen } = await recorded();
    await readAt(clients.thing, 'high');
    await clients.thing.read(u1(), { thingId: '1' });
    await clients.thing.removeAll(u1(), { tag: 'x', 'X-Level': 'low' });
    expect(seen.map(({ headers }) => headers['x-level'])).toEqual(['high', undefined, 'low']);
  });

  test.each([
    ['a line end', 'a\r\nX-Tenant-ID: t2', 'a%0D%0AX-Tenant-ID: t2'],
    ['a line feed', 'a\nb', 'a%0Ab'],
    ['a null byte', 'a\u0000b', 'a%00b'],
    ['non-ASCII text', 'Grün 😀', 'Gr%C3%BCn %F0%9F%98%80'],
  ])('W13 a header parameter with %s cannot end its field line', async (_, value, sent) => {
    const { clients, seen } = await recorded();
    expect(await readAt(clients.thing, value)).toMatchObject({ kind: 'value' });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.headers).toMatchObject({ 'x-level': sent, 'x-tenant-id': 't1' });
  });

  test('A7 T1 two reads share a cache entry only if their header parameters have the same value', async () => {
    const { clients, seen } = await recorded({ 'Cache-Control': 'max-age=600' });
    const versions: unknown[] = [];
    for (const value of ['a', 'b', 'a', undefined, 'b', '', undefined, 'a","b']) {
      const outcome = await readAt(clients.thing, value);
      versions.push(outcome.kind === 'value' && outcome.value.version);
    }
    expect(versions).toEqual([1, 2, 1, 3, 2, 4, 3, 5]);
    expect(seen).toHaveLength(5);
  });

  test('A6 T1 concurrent reads are coalesced only if their header parameters have the same value', async () => {
    const { clients, seen } = await recorded({}, 30);
    const values = ['a', 'b', 'a', undefined, 'b', undefined];
    const outcomes = await Promise.all(values.map((value) => readAt(clients.thing, value)));
    const sent = outcomes.map((outcome) => outcome.kind === 'value' && seen[outcome.value.version - 1]);
    expect(sent.map((each) => each && each.headers['x-level'])).toEqual(values);
    expect(seen).toHaveLength(3);
  });
});

test('A7 A8 two reads of one resource with different schemas each have their own cache entry', async () => {
  const { clients, seen } = await recorded({ 'Cache-Control': 'max-age=600' });
  const scope = () => scopeOf({ identityKey: 'u1' });
  for (let round = 0; round < 2; round++) {
    expect(await clients.thing.read(scope(), { thingId: '1' })).toMatchObject({ value: { version: 1 } });
    expect(await clients.thing.summary(scope(), { thingId: '1' })).toMatchObject({
      value: { version: 2, title: 'Lamp' },
    });
  }
  expect(seen).toHaveLength(2);
});
