import { afterEach, expect, test } from '@jest/globals';
import { sendJson } from '../upstreams.ts';
import { createWorld, otherId, scopeOf, the, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

/** Undici releases a connection one event-loop turn after its answer. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('sequential calls with a pause between them use one connection', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.thing));
  const { clients } = world.clients(upstream.address);
  for (let i = 0; i < 50; i++) {
    await clients.thing.read(scopeOf(), { thingId });
    await turn();
  }
  expect(upstream.connections()).toBe(1);
});

test('sequential calls without a pause use at most two connections', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.thing));
  const { clients } = world.clients(upstream.address);
  for (let i = 0; i < 50; i++) await clients.thing.read(scopeOf(), { thingId });
  expect(upstream.connections()).toBeLessThanOrEqual(2);
});

test('concurrent calls each use a connection of their own, which later calls reuse', async () => {
  const upstream = await world.http((_, response) => {
    setTimeout(() => sendJson(response, the.thing), 20);
  });
  const { clients } = world.clients(upstream.address);
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 10 }, () => clients.thing.read(scopeOf(), { thingId })));
    await turn();
  }
  expect(upstream.connections()).toBe(10);
});

test.each([404, 403, 429, 500, 302])(
  'an answer of status %i with a body leaves the connection open for the next call',
  async (status) => {
    const upstream = await world.http((_, response) => {
      response.writeHead(status, { 'Content-Type': 'text/html' }).end('x'.repeat(100_000));
    });
    const { clients } = world.clients(upstream.address);
    for (let i = 0; i < 5; i++) {
      await clients.other.read(scopeOf(), { otherId });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(upstream.connections()).toBe(1);
  },
);

test('when the upstream closes the connection after each answer, each call opens a new connection', async () => {
  const upstream = await world.http((_, response) => {
    response.setHeader('Connection', 'close');
    sendJson(response, the.thing);
  });
  const { clients } = world.clients(upstream.address);
  for (let i = 0; i < 5; i++)
    expect(await clients.thing.read(scopeOf(), { thingId })).toMatchObject({ kind: 'value' });
  expect(upstream.connections()).toBe(5);
});

test('each service has connections of its own', async () => {
  const [one, two] = [
    await world.http((_, response) => sendJson(response, the.thing)),
    await world.http((_, response) => sendJson(response, { label: 'gold' })),
  ];
  const { clients } = world.clients(one.address, {
    addresses: {
      thing: one.address,
      other: two.address,
    },
  });
  await clients.thing.read(scopeOf(), { thingId });
  await clients.other.read(scopeOf(), { otherId });
  expect([one.connections(), two.connections()]).toEqual([1, 1]);
});
