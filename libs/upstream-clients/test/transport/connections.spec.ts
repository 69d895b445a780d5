import { afterEach, expect, test } from '@jest/globals';
import { sendJson } from '../upstreams.ts';
import { createWorld, scopeOf, the } from '../world.ts';

const world = createWorld();
afterEach(world.end);

/** Undici gives a connection back one turn of the event loop after its answer. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('calls one after the other use one connection', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.user));
  const { clients } = world.clients(upstream.address);
  for (let i = 0; i < 50; i++) {
    await clients.user.profile(scopeOf(), 'alice');
    await turn();
  }
  expect(upstream.connections()).toBe(1);
});

test('calls without a pause between take turns on two', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.user));
  const { clients } = world.clients(upstream.address);
  for (let i = 0; i < 50; i++) await clients.user.profile(scopeOf(), 'alice');
  expect(upstream.connections()).toBeLessThanOrEqual(2);
});

test('calls at the same time each have a connection, which later ones use again', async () => {
  const upstream = await world.http((_, response) => {
    setTimeout(() => sendJson(response, the.user), 20);
  });
  const { clients } = world.clients(upstream.address);
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 10 }, () => clients.user.profile(scopeOf(), 'alice')));
    await turn();
  }
  expect(upstream.connections()).toBe(10);
});

test.each([404, 403, 429, 500, 302])(
  'an answer of status %i with a body keeps the connection',
  async (status) => {
    const upstream = await world.http((_, response) => {
      response.writeHead(status, { 'Content-Type': 'text/html' }).end('x'.repeat(100_000));
    });
    const { clients } = world.clients(upstream.address);
    for (let i = 0; i < 5; i++) {
      await clients.loyalty.tier(scopeOf(), 'alice');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(upstream.connections()).toBe(1);
  },
);

test('a connection that the upstream closed between two calls is replaced', async () => {
  const upstream = await world.http((_, response) => {
    response.setHeader('Connection', 'close');
    sendJson(response, the.user);
  });
  const { clients } = world.clients(upstream.address);
  for (let i = 0; i < 5; i++)
    expect(await clients.user.profile(scopeOf(), 'alice')).toMatchObject({ kind: 'value' });
  expect(upstream.connections()).toBe(5);
});

test('each service has connections of its own', async () => {
  const [user, order] = [
    await world.http((_, response) => sendJson(response, the.user)),
    await world.http((_, response) => sendJson(response, the.order)),
  ];
  const { clients } = world.clients(user.address, {
    addresses: {
      user: user.address,
      order: order.address,
      notification: user.address,
      loyalty: user.address,
    },
  });
  await clients.user.profile(scopeOf(), 'alice');
  await clients.order.byId(scopeOf(), 'o1');
  expect([user.connections(), order.connections()]).toEqual([1, 1]);
});
