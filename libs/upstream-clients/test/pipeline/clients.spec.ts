import { afterEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { get, service } from '../../src/index.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, ownerId, scopeOf, the, thing, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const value = (value: unknown) => ({ kind: 'value', value });

test('a merge patch is sent with its nulls, and the outcome has the new entity tag', async () => {
  let body = '';
  const upstream = await world.http(async (request, response) => {
    for await (const chunk of request) body += String(chunk);
    sendJson(response, the.settings, { ETag: '"v2"' });
  });
  const { clients } = world.clients(upstream.address);
  const outcome = await clients.thing.changeSettings(
    scopeOf(),
    { thingId },
    { body: { theme: null, digest: { hour: 8 } }, ifMatch: '"v1"' },
  );
  expect(JSON.parse(body)).toEqual({ theme: null, digest: { hour: 8 } });
  expect(outcome).toEqual({ kind: 'value', value: the.settings, etag: '"v2"' });
});

test('callOf returns the same function as the client of the service', async () => {
  const page = { items: [the.thing], next_cursor: 'c2' };
  const urls: (string | undefined)[] = [];
  const upstream = await world.http((request, response) => {
    urls.push(request.url);
    sendJson(response, page);
  });
  const { clients, callOf } = world.clients(upstream.address);
  expect(callOf(thing.list)).toBe(clients.thing.list);
  expect(await callOf(thing.list)(scopeOf(), { ownerId, limit: 5, cursor: 'c=' })).toEqual(value(page));
  expect(urls).toEqual(['/owners/u1/things?limit=5&cursor=c%3D']);
});

test('callOf of an operation that is not registered throws and names the operation', () => {
  const { callOf } = world.clientsOf({ thing }, 'http://127.0.0.1:1');
  const copy = { ...thing.read };
  expect(() => callOf(copy)).toThrow(TypeError);
  expect(() => callOf(copy)).toThrow('operation "thing.read" belongs to no registered service');
});

test('the path in the address of a service is put before the path of the operation', async () => {
  const urls: (string | undefined)[] = [];
  const upstream = await world.http((request, response) => {
    urls.push(request.url);
    sendJson(response, the.thing);
  });
  for (const prefix of ['', '/', '/mesh/thing', '/mesh/thing/'])
    await world.clients(upstream.address + prefix).clients.thing.read(scopeOf(), { thingId });
  const own = '/things/thing-1';
  expect(urls).toEqual([own, own, `/mesh/thing${own}`, `/mesh/thing${own}`]);
});

test('a service without an address in the options is called at the address that it declares', async () => {
  const upstream = await world.http((_, response) => sendJson(response, {}));
  const near = service(
    'near',
    { address: upstream.address },
    { read: get('/near', { response: z.object({}) }) },
  );
  const { clients } = world.clientsOf({ near }, 'http://127.0.0.1:1', { addresses: {} });
  expect(await clients.near.read(scopeOf(), {})).toEqual(value({}));
});

test('a read with an id that cannot be a path segment has the outcome absent, without a call', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.thing));
  const { clients } = world.clients(upstream.address);
  for (const id of ['', '.', '..'])
    expect(await clients.thing.read(scopeOf(), { thingId: id })).toEqual({ kind: 'absent' });
  expect(upstream.connections()).toBe(0);
});

test.each([
  ['not a url', 'not a URL'],
  ['ftp://thing-service', 'neither http nor https'],
  ['http://name:secret@thing-service', 'more than an origin'],
  ['http://thing-service/?a=b', 'more than an origin'],
])(
  'the service address %j is refused at start, and the error does not repeat the address',
  (address, message) => {
    const attempt = () => world.clients(address);
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow('secret');
  },
);

test('an address for a service that is not registered is refused at start', () => {
  const attempt = () => world.clients('http://127.0.0.1:1', { addresses: { thingg: 'http://127.0.0.1:1' } });
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow('addresses of unknown services: thingg');
});

test('after close, which may be called twice, a call of a client fails without opening a connection', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.thing));
  const { clients, close } = world.clients(upstream.address);
  await Promise.all([close(), close()]);
  expect(await clients.thing.read(scopeOf(), { thingId })).toEqual({ kind: 'failed', reason: 'error' });
  expect(upstream.connections()).toBe(0);
});

test('A10 when the clients are closed, the calls in flight still end normally', async () => {
  const upstream = await world.http((_, response) => {
    setTimeout(() => sendJson(response, the.thing), 50);
  });
  const { clients, close } = world.clients(upstream.address);
  const pending = clients.thing.read(scopeOf(), { thingId });
  await close();
  expect(await pending).toEqual(value(the.thing));
  await upstream.idle();
});
