import { afterEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { del, get, post, service, type CallScope, type ClientsOf, type Upstreams } from '../../src/index.ts';
import { createWorld } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const address = 'http://127.0.0.1:1';
const response = z.object({ title: z.string() });
const thing = service(
  'thing',
  { address },
  {
    read: get('/owners/{ownerId}/things/{thingId}', { headers: { 'X-Level': z.int() }, response }),
    list: get('/things', { query: { limit: z.int(), cursor: z.string().optional() }, response }),
    create: post('/things', { body: z.object({ title: z.string() }), response }),
    start: post('/things/{thingId}/start', { response }),
    remove: del('/things/{thingId}'),
  },
);
const services = { thing };
type Thing = ClientsOf<typeof services>['thing'];

/** Never called: it compiles, so the types allow the forms below. */
export async function allowed(client: Thing, upstreams: Upstreams<typeof services>, scope: CallScope) {
  const outcome = await client.read(scope, { ownerId: 'u1', thingId: '1', 'X-Level': 3 });
  if (outcome.kind === 'value') outcome.value.title satisfies string;
  void client.list(scope, { limit: 5 });
  void client.list(scope, { limit: 5, cursor: undefined });
  void client.create(scope, {}, { body: { title: 'Lamp' }, ifMatch: '"v1"', idempotencyKey: 'k' });
  void upstreams.callOf(thing.list)(scope, { limit: 5 });
  const removed = await client.remove(scope, { thingId: '1' });
  if (removed.kind === 'value') removed.value satisfies undefined;
}

/**
 * Never called: the test is that this compiles. `tsc --build` fails when the line below a `@ts-expect-error`
 * is not an error.
 */
export function forbidden(client: Thing, upstreams: Upstreams<typeof services>, scope: CallScope): void {
  // @ts-expect-error a path parameter is missing
  void client.read(scope, { thingId: '1', 'X-Level': 3 });
  // @ts-expect-error a path parameter is a text
  void client.read(scope, { ownerId: 1, thingId: '1', 'X-Level': 3 });
  // @ts-expect-error a header parameter is missing
  void client.read(scope, { ownerId: 'u1', thingId: '1' });
  // @ts-expect-error a header parameter has another type
  void client.read(scope, { ownerId: 'u1', thingId: '1', 'X-Level': 'high' });
  // @ts-expect-error a query parameter is missing
  void client.list(scope, {});
  // @ts-expect-error a query parameter has another type
  void client.list(scope, { limit: '5' });
  // @ts-expect-error a parameter is not declared
  void client.list(scope, { limit: 5, offset: 10 });
  // @ts-expect-error a read has no body
  void client.list(scope, { limit: 5 }, { body: {} });
  // @ts-expect-error a write that declares no body has none
  void client.start(scope, { thingId: '1' }, { body: { title: 'Lamp' } });
  // @ts-expect-error a removal that declares no body has none
  void client.remove(scope, { thingId: '1' }, { body: { title: 'Lamp' } });
  // @ts-expect-error the body has another type
  void client.create(scope, {}, { body: { title: 7 } });
  // @ts-expect-error an operation is not declared
  void client.rename;
  // @ts-expect-error a service is not registered
  void upstreams.clients.other;
  // @ts-expect-error callOf checks the parameters of the operation
  void upstreams.callOf(thing.list)(scope, { limit: '5' });
  // @ts-expect-error a date cannot be sent as a parameter
  get('/things', { query: { since: z.date() }, response });
  get('/things', { query: { id: z.array(z.string()) }, joined: { id: '|' }, response });
  // @ts-expect-error no parameter has this name
  get('/things', { query: { id: z.array(z.string()) }, joined: { tag: ',' }, response });
  // @ts-expect-error not a delimiter
  get('/things', { query: { id: z.array(z.string()) }, joined: { id: ';' }, response });
  // @ts-expect-error a path begins with a slash
  get('things', { response });
  // @ts-expect-error a service has an address
  service('thing', {}, { read: get('/things', { response }) });
}

test('a registry of services creates a client with a call for each operation', () => {
  const { clients } = world.clientsOf(services, address);
  expect(Object.keys(clients.thing)).toEqual(['read', 'list', 'create', 'start', 'remove']);
});

test('the value of an operation without a response schema is typed as undefined', () => {
  const value: Awaited<ReturnType<Thing['remove']>> = { kind: 'value', value: undefined };
  // @ts-expect-error there is no answer
  const wrong: typeof value = { kind: 'value', value: {} };
  expect([value.kind, wrong.kind]).toEqual(['value', 'value']);
});
