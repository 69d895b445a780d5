import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import { faultKinds, startDemoService, type DemoService } from '../../src/index.ts';
import { answerWith } from '../../src/fault-effects.ts';
import { call } from '../caller.ts';
import { rawGet } from '../raw-client.ts';
import { startFakes, type RunningFakes } from './start-fakes.ts';

const tier = '/api/v1/users/:id/tier';
const path = '/api/v1/users/alice/tier';
const lengthOf = (head: string): number => Number(/^content-length: (\d+)$/im.exec(head)?.[1]);

let world: RunningFakes;
let service: DemoService;
beforeAll(async () => {
  world = await startFakes({ random: () => 0.5 });
  service = world.services.loyalty;
});
afterEach(() => service.faults.clear());
afterAll(() => world.close());

describe('A8 a fault as a client’s socket sees it', () => {
  test('the fault latency delays the real answer', async () => {
    service.faults.set({ route: tier, kind: 'latency', ms: 200 });
    const start = performance.now();
    expect(await call(service, path)).toMatchObject({ status: 200, body: { tier: expect.any(String) } });
    // The random number 0.5 gives the median 176.5 ms times e^(0.5 * -1.177), which is 98 ms.
    expect(performance.now() - start).toBeGreaterThanOrEqual(97);
  });

  test.each([
    [undefined, 500],
    [429, 429],
    [503, 503],
  ])('the fault error with the status %s answers %i', async (status, expected) => {
    service.faults.set({ route: tier, kind: 'error', status });
    expect((await call(service, path)).status).toBe(expected);
  });

  test('the fault hang sends no byte, and does not delay closing the service', async () => {
    const own = await startDemoService('loyalty-service');
    own.faults.set({ route: tier, kind: 'hang' });
    const { reply } = rawGet(own, path);
    await until(() => own.calls()[tier] !== 0);
    // A later answer of another route proves that the hanging one would have arrived.
    await fetch(`${own.url}/__calls`);
    await own.close();
    const { chunks } = await reply;
    expect(chunks).toEqual([]);
  });

  test('the fault garbage answers 200 application/json with invalid JSON', async () => {
    service.faults.set({ route: tier, kind: 'garbage' });
    const { head, body } = await rawGet(service, path).reply;
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    expect(head).toMatch(/^content-type: application\/json$/im);
    expect(() => JSON.parse(body.toString())).toThrow(SyntaxError);
  });

  test('the fault truncate sends fewer bytes than announced, then closes the socket', async () => {
    service.faults.set({ route: tier, kind: 'truncate' });
    const { head, body, end } = await rawGet(service, path).reply;
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    expect(body.length).toBeGreaterThan(0);
    expect(body.length).toBeLessThan(lengthOf(head));
    expect(end).toBe('end');
    await expect(call(service, path)).rejects.toThrow();
  });

  test('the fault reset sends RST instead of an answer', async () => {
    service.faults.set({ route: tier, kind: 'reset' });
    const { end, chunks } = await rawGet(service, path).reply;
    expect(end).toBe('ECONNRESET');
    expect(chunks).toEqual([]);
  });

  test('the fault huge sends 100 MB of valid JSON', async () => {
    service.faults.set({ route: tier, kind: 'huge' });
    const response = await fetch(service.url + path, { headers: { 'Accept-Encoding': 'identity' } });
    let bytes = 0;
    let last = '';
    for await (const chunk of response.body!) {
      bytes += chunk.length;
      last = Buffer.from(chunk.subarray(-2)).toString();
    }
    expect(bytes).toBeGreaterThanOrEqual(100_000_000);
    expect(last).toBe('"}');
  });

  test('the fault huge waits while a client does not read, and ends when the client disconnects', async () => {
    service.faults.set({ route: tier, kind: 'huge' });
    const answering = new Promise<ServerResponse>((resolve) => {
      const seen = (message: unknown): void => {
        unsubscribe('http.server.request.start', seen);
        resolve((message as { response: ServerResponse }).response);
      };
      subscribe('http.server.request.start', seen);
    });
    const { socket } = rawGet(service, path);
    await once(socket, 'data');
    socket.pause();
    const response = await answering;
    await until(() => response.writableNeedDrain);
    // Buffered in the service while the client does not read: a few chunks, not 100 MB.
    expect(response.writableLength).toBeLessThan(1_000_000);
    const closed = once(response, 'close');
    socket.destroy();
    await closed;
    service.faults.clear();
    expect((await call(service, path)).status).toBe(200);
  });

  test('the fault slow sends the header section at once, and the body byte by byte', async () => {
    service.faults.set({ route: tier, kind: 'slow', ms: 15 });
    const start = performance.now();
    const { head, body, chunks } = await rawGet(service, path).reply;
    expect(performance.now() - start).toBeGreaterThanOrEqual(14 * body.length);
    expect(body.length).toBe(lengthOf(head));
    expect(JSON.parse(body.toString())).toEqual({ tier: expect.any(String) });
    // One chunk for the header section and one per byte; a busy machine may merge some.
    expect(chunks.length).toBeGreaterThan(body.length / 2);
    expect(chunks[0]!.toString().endsWith('\r\n\r\n')).toBe(true);
  });

  test.each<[keyof RunningFakes['services'], string, unknown]>([
    ['loyalty', path, { tier: 42 }],
    ['notification', '/api/v1/users/alice/unread_count', { count: '3' }],
    ['order', '/api/v1/users/alice/orders', { items: {}, next_cursor: 42 }],
    ['user', '/api/v1/users/alice', { id: 42, avatar_url: 42 }],
    ['user', '/api/v1/users/alice/preferences', [{ newsletter: expect.any(Boolean) }]],
  ])(
    'the fault wrong-type makes %s-service answer %s with valid JSON that violates the model',
    async (name, target, expected) => {
      const { faults } = world.services[name];
      faults.set({ route: '*', kind: 'wrong-type' });
      expect(await call(world.services[name], target)).toMatchObject({ status: 200, body: expected });
      faults.clear();
    },
  );
});

test('after a client disconnected during a delay the next call is answered', async () => {
  service.faults.set({ route: tier, kind: 'latency', ms: 60_000 });
  const { socket } = rawGet(service, path);
  const before = service.calls()[tier]!;
  await until(() => service.calls()[tier] !== before);
  socket.destroy();
  service.faults.clear();
  expect((await call(service, path)).status).toBe(200);
});

test('A3 a delay ends when the client disconnects', async () => {
  const exchange = {
    response: {} as ServerResponse,
    reply: () => Promise.reject(new Error('not to be asked')),
    anyObject: false,
    random: () => 0.5,
    signal: AbortSignal.abort(),
  };
  const draw = { latencyMs: [60_000], spoiler: undefined };
  await expect(answerWith(draw, exchange)).rejects.toMatchObject({ name: 'AbortError' });
});

test('a fault before the handler runs prevents a write, and a fault in the answer does not', async () => {
  const { notification } = world.services;
  const write = (id: string) =>
    call(notification, `/api/v1/notifications/${id}/read`, {}, { method: 'POST' }).catch(() => undefined);
  const unread = async () => (await call(notification, '/api/v1/users/alice/unread_count')).body;
  notification.faults.set({ route: '/api/v1/notifications/:id/read', kind: 'reset' });
  await write('alice-n1');
  expect(await unread()).toEqual({ count: 3 });
  notification.faults.clear();
  notification.faults.set({ route: '/api/v1/notifications/:id/read', kind: 'truncate' });
  await write('alice-n1');
  expect(await unread()).toEqual({ count: 2 });
  notification.faults.clear();
});

describe('a fault applies to', () => {
  test('a fault applies to its route only, or to every route when the route is *', async () => {
    const { user } = world.services;
    const statuses = async () =>
      (
        await Promise.all(
          ['/api/v1/users/alice', '/api/v1/users/alice/preferences'].map((of) => call(user, of)),
        )
      ).map(({ status }) => status);
    user.faults.set({ route: '/api/v1/users/:id', kind: 'error' });
    expect(await statuses()).toEqual([500, 200]);
    user.faults.clear();
    user.faults.set({ route: '*', kind: 'error', status: 503 });
    expect(await statuses()).toEqual([503, 503]);
    user.faults.clear();
    expect(await statuses()).toEqual([200, 200]);
  });

  test.each([
    [0, 0],
    [0.3, 29],
    [1, 100],
  ])(
    'a fault with the rate %d applies to %i of 100 calls, and to the same calls after every start',
    async (rate, hits) => {
      const outcomes = async (): Promise<number[]> => {
        const own = await startDemoService('user-service');
        own.faults.set({ route: '*', kind: 'error', rate });
        const statuses: number[] = [];
        for (let index = 0; index < 100; index += 1)
          statuses.push((await call(own, '/api/v1/users/alice')).status);
        await own.close();
        return statuses;
      };
      const first = await outcomes();
      expect(await outcomes()).toEqual(first);
      expect(first.filter((status) => status === 500)).toHaveLength(hits);
    },
  );
});

describe('the endpoints /__faults and /__calls', () => {
  const control = async (method: string, target: string, body?: string) => {
    const response = await fetch(service.url + target, { method, body });
    const text = await response.text();
    return { status: response.status, body: text && (JSON.parse(text) as unknown) };
  };

  test('/__faults adds and replaces faults by route and kind (PUT), lists them (GET) and clears them (DELETE)', async () => {
    const full = { route: tier, kind: 'error', rate: 1, ms: 0, status: 500 };
    expect(await control('PUT', '/__faults', JSON.stringify(full))).toEqual({ status: 200, body: full });
    await control('PUT', '/__faults', '{"route":"*","kind":"slow"}');
    await control('PUT', '/__faults', JSON.stringify({ ...full, status: 503 }));
    expect(await control('GET', '/__faults')).toEqual({
      status: 200,
      body: [
        { ...full, status: 503 },
        { route: '*', kind: 'slow', rate: 1, ms: 100, status: 500 },
      ],
    });
    expect((await call(service, path)).status).toBe(503);
    expect(await control('DELETE', '/__faults')).toEqual({ status: 204, body: '' });
    expect(await control('GET', '/__faults')).toEqual({ status: 200, body: [] });
    expect((await call(service, path)).status).toBe(200);
  });

  test.each(faultKinds)('PUT /__faults sets a fault of kind %s as faults.set does', async (kind) => {
    const body = { route: '*', kind };
    expect(await control('PUT', '/__faults', JSON.stringify(body))).toMatchObject({ status: 200, body });
    expect(service.faults.list()).toMatchObject([body]);
  });

  test.each([
    ['{'],
    ['null'],
    ['[]'],
    ['{"kind":"error"}'],
    ['{"route":"*"}'],
    ['{"route":"*","kind":"explode"}'],
    ['{"route":"/api/v1/users/alice/tier","kind":"error"}'],
    ['{"route":"/api/v1/users/:id/orders","kind":"error"}'],
    ['{"route":"*","kind":"error","rate":1.1}'],
    ['{"route":"*","kind":"error","rate":-1}'],
    ['{"route":"*","kind":"error","status":200}'],
    ['{"route":"*","kind":"error","status":500.5}'],
    ['{"route":"*","kind":"slow","ms":"1"}'],
    ['{"route":"*","kind":"slow","ms":-1}'],
    ['{"route":"*","kind":"slow","delay":1}'],
  ])('PUT /__faults answers the invalid fault %s with 400', async (body) => {
    expect(await control('PUT', '/__faults', body)).toMatchObject({
      status: 400,
      body: { type: '/problems/bad-request' },
    });
    expect(service.faults.list()).toEqual([]);
  });

  test('/__calls counts calls by route pattern, whatever their result, until the counts are cleared', async () => {
    await control('DELETE', '/__calls');
    expect(service.calls()).toEqual({ [tier]: 0 });
    service.faults.set({ route: tier, kind: 'error' });
    await call(service, path);
    service.faults.clear();
    await call(service, path, {}, { headers: { Authorization: '' } });
    await call(service, '/api/v1/users/bob/tier', { sub: 'bob' });
    await call(service, '/nowhere');
    expect(await control('GET', '/__calls')).toEqual({ status: 200, body: { [tier]: 3 } });
    expect(service.calls()).toEqual({ [tier]: 3 });
    await control('DELETE', '/__calls');
    expect(service.calls()).toEqual({ [tier]: 0 });
  });

  test.each([
    ['POST', '/__faults'],
    ['PUT', '/__calls'],
  ])('the control endpoints answer %s %s with 405', async (method, target) => {
    expect((await control(method, target, '{}')).status).toBe(405);
  });
});
