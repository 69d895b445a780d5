import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { del, get, patch, post, put, service, type UpstreamOptions } from '../../src/index.ts';
import { createWorld, scopeOf } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const response = z.object({ ok: z.boolean() });
const body = z.object({});
const registry = {
  item: service(
    'item',
    { address: 'http://127.0.0.1:1', breaker: { consecutiveFailures: 2 }, budgetMs: 8_000 },
    {
      read: get('/item', { response }),
      brief: get('/item', { response, budgetMs: 1_000 }),
      replace: put('/item', { body, response }),
      remove: del('/item', { response }),
      change: patch('/item', { body, response }),
      create: post('/item', { body, response }),
    },
  ),
};
const value = { kind: 'value', value: { ok: true } };
const answer =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nKeep-Alive: timeout=600\r\nContent-Length: 11\r\n\r\n{"ok":true}';

/** Undici releases a connection one event-loop turn after its answer. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** An upstream that handles a request on an `old` connection with `meet`, and answers on new connections. */
async function rig(meet: (socket: Socket) => void, options: Partial<UpstreamOptions> = {}) {
  const old = new Set<Socket>();
  const seen = new Set<Socket>();
  let met = 0;
  const upstream = await world.tcp((socket) => {
    seen.add(socket);
    if (!old.has(socket)) return void socket.write(answer);
    met++;
    meet(socket);
  });
  const { clients, breakers } = world.clientsOf(registry, upstream.address, { retries: 0, ...options });
  const { item } = clients;
  return {
    upstream,
    item,
    met: () => met,
    isClosed: () => breakers().every(({ state }) => state === 'closed'),
    /** Opens this many connections, which count as old from then on. */
    async age(count: number) {
      await Promise.all(Array.from({ length: count }, () => item.read(scopeOf(), {})));
      await turn();
      for (const socket of seen) old.add(socket);
    },
  };
}

const calls = {
  GET: (item: Item, ms?: number) => item.read(scopeOf({ ms }), {}),
  PUT: (item: Item, ms?: number) => item.replace(scopeOf({ ms }), {}, { body: {} }),
  DELETE: (item: Item, ms?: number) => item.remove(scopeOf({ ms }), {}),
  PATCH: (item: Item, ms?: number) => item.change(scopeOf({ ms }), {}, { body: {} }),
  POST: (item: Item, ms?: number) => item.create(scopeOf({ ms }), {}, { body: {} }),
};
type Item = Awaited<ReturnType<typeof rig>>['item'];

describe('F08 a kept-alive connection that closes as a request is sent', () => {
  const endings = [
    ['is reset', (socket: Socket) => socket.resetAndDestroy()],
    ['is closed', (socket: Socket) => void socket.end()],
  ] as const;

  test.each(endings)(
    'when a kept-alive connection %s as a request is sent, GET, PUT and DELETE are sent once more on a new connection',
    async (_title, end) => {
      const { item, age, met, isClosed } = await rig(end);
      for (const method of ['GET', 'PUT', 'DELETE'] as const) {
        await age(1);
        expect(await calls[method](item)).toEqual(value);
      }
      expect(met()).toBe(3);
      expect(isClosed()).toBe(true);
    },
  );

  test.each(endings)(
    'when a kept-alive connection %s as a request is sent, PATCH and POST are not sent again, because the upstream may have read them',
    async (_title, end) => {
      const { item, age, met, isClosed } = await rig(end);
      for (const method of ['PATCH', 'POST'] as const) {
        await age(1);
        expect(await calls[method](item)).toEqual({ kind: 'failed', reason: 'error' });
      }
      expect(met()).toBe(2);
      expect(isClosed()).toBe(true);
    },
  );

  test('a request on a new connection that is reset is not sent again', async () => {
    const upstream = await world.tcp((socket) => socket.resetAndDestroy());
    const { clients, breakers } = world.clientsOf(registry, upstream.address, { retries: 0 });
    for (let i = 0; i < 2; i++)
      expect(await calls.GET(clients.item)).toEqual({ kind: 'failed', reason: 'error' });
    expect(upstream.connections()).toBe(2);
    expect(breakers().find(({ operation }) => operation === 'read')?.state).toBe('open');
  });

  test('a write for which no connection could be opened is retried once', async () => {
    const upstream = await world.tcp(() => undefined);
    await upstream.close();
    const { clients, metric } = world.clientsOf(registry, upstream.address, { retries: 1 });
    expect(await calls.PATCH(clients.item)).toEqual({ kind: 'failed', reason: 'error' });
    const labels = { upstream: 'item', operation: 'change', event: 'retried' };
    expect(await metric('bff_upstream_events_total', labels)).toBe(1);
  });

  test('an idle connection is closed after `idleMs`, whatever keep-alive time the upstream announces', async () => {
    const { item, upstream } = await rig(() => undefined, { idleMs: 20 });
    expect(await calls.GET(item)).toEqual(value);
    await upstream.idle();
    expect(await calls.PATCH(item)).toEqual(value);
    expect(upstream.connections()).toBe(2);
  });
});

describe('F13 kept-alive connections that a firewall dropped silently', () => {
  const silent = () => undefined;

  test('when a firewall has dropped kept-alive connections, the first read is answered within its time, later reads at once, and no breaker opens', async () => {
    const { item, age, met, isClosed } = await rig(silent);
    await age(6);
    expect(await calls.GET(item, 1_000)).toEqual(value);
    expect(met()).toBe(1);
    for (let i = 0; i < 20; i++) expect(await calls.GET(item, 1_000)).toEqual(value);
    // The other connections were replaced together with the first.
    expect(met()).toBe(1);
    expect(isClosed()).toBe(true);
  });

  test('when a firewall has dropped kept-alive connections, all concurrent reads are answered, although at most three at a time are sent again', async () => {
    const { item, age, isClosed } = await rig(silent);
    await age(20);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => calls.GET(item, 6_000)));
    expect(outcomes).toEqual(outcomes.map(() => value));
    expect(isClosed()).toBe(true);
  });

  test('when a firewall has dropped kept-alive connections, a write is sent once and opens no breaker, and later writes use new connections', async () => {
    const { item, age, met, isClosed } = await rig(silent);
    await age(6);
    expect(await calls.PATCH(item, 100)).toEqual({ kind: 'failed', reason: 'timeout' });
    for (let i = 0; i < 6; i++) expect(await calls.PATCH(item, 1_000)).toEqual(value);
    expect(met()).toBe(1);
    expect(isClosed()).toBe(true);
  });

  test('when an upstream does not answer on new connections either, its breaker opens', async () => {
    let isSilent = false;
    const upstream = await world.tcp((socket) => void (isSilent || socket.write(answer)));
    const { clients, breakers } = world.clientsOf(registry, upstream.address, { retries: 0 });
    expect(await calls.GET(clients.item)).toEqual(value);
    await turn();
    isSilent = true;
    await Promise.all([1, 2].map(() => clients.item.brief(scopeOf(), {})));
    expect(breakers().find(({ operation }) => operation === 'brief')?.state).toBe('open');
  });

  test('when a slow upstream answers on the old connection after the second try began, the read gets this answer', async () => {
    let isSlow = false;
    const late: Socket[] = [];
    const upstream = await world.tcp((socket) => {
      if (!isSlow) return void socket.write(answer);
      late.push(socket);
      // The second try is on its way when the first is answered.
      if (late.length === 2) late[0]?.write(answer);
    });
    const { clients } = world.clientsOf(registry, upstream.address, { retries: 0 });
    expect(await calls.GET(clients.item)).toEqual(value);
    await turn();
    isSlow = true;
    expect(await calls.GET(clients.item, 1_000)).toEqual(value);
    expect(late).toHaveLength(2);
  });
});
