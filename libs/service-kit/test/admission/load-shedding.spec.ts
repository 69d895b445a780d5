import { once } from 'node:events';
import {
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import {
  createLoadShedding,
  createMetrics,
  type LoadSheddingOptions,
  type Service,
  type TenantId,
} from '../../src/index.ts';
import { startTestService } from '../process/start-test-service.ts';

let service: Service | undefined;
afterEach(async () => void (await service?.stop()));

/** Header field of a request whose authentication ends after its client has disconnected. */
const slowSession = 'x-slow-session';

async function start(app: RequestListener, limits: Partial<LoadSheddingOptions> = {}) {
  const metrics = createMetrics('test');
  const shedding = createLoadShedding({ metrics, ...limits });
  service = await startTestService({
    app: (request, response) => {
      const next = (problem?: unknown) =>
        problem ? response.writeHead(503).end(JSON.stringify(problem)) : app(request, response);
      if (request.headers['x-tenant'] === undefined) return next();
      const share = () =>
        shedding.shareFairly(() => request.headers['x-tenant'] as TenantId)(request, response, next);
      if (request.headers[slowSession]) response.once('close', () => setImmediate(share));
      else share();
    },
    shedding,
    metrics,
  });
  return {
    ...service,
    shedding,
    metric: async (name: string) => {
      const { body } = await metrics.render();
      return Number(
        body
          .split('\n')
          .find((line) => line.startsWith(name))
          ?.split(' ')
          .at(-1),
      );
    },
  };
}

/** Holds every request until the test answers it. */
const held = () => {
  const waiting: ServerResponse[] = [];
  return {
    waiting,
    app: (_: IncomingMessage, response: ServerResponse) => void waiting.push(response),
    arrived: (count: number) => until(() => waiting.length >= count),
  };
};

describe('A9 limit of requests in flight', () => {
  test('A9 a request beyond the limit of requests in flight waits in the queue, and starts when another request ends', async () => {
    const { app, waiting, arrived } = held();
    const { url, metric } = await start(app, { maxInFlight: 2, maxInFlightPerTenant: 2 });
    const answers = [fetch(url), fetch(url), fetch(url)];
    await arrived(2);
    await until(async () => (await metric('bff_requests_waiting')) === 1);
    expect([await metric('bff_requests_in_flight'), await metric('bff_in_flight_limit')]).toEqual([2, 2]);
    waiting[0]?.end();
    await arrived(3);
    for (const response of waiting.slice(1)) response.end();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await metric('bff_shed_total{reason="memory"')).toBe(0);
  });

  test('A9 when the queue is full, a request is answered with 503 and Retry-After, while the management port still answers', async () => {
    const { app, waiting, arrived } = held();
    const { url, managementUrl, metric } = await start(app, {
      maxInFlight: 1,
      maxInFlightPerTenant: 1,
      maxQueued: 1,
    });
    const answers = [fetch(url), fetch(url)];
    await arrived(1);
    await until(async () => (await metric('bff_requests_waiting')) === 1);
    const refused = await fetch(`${url}/api/x?secret=1`, { headers: { 'X-Request-ID': 'request-1' } });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^[123]$/);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(refused.headers.get('x-request-id')).toBe('request-1');
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toEqual({
      type: '/problems/overloaded',
      title: 'Service overloaded',
      status: 503,
      instance: '/api/x',
      request_id: 'request-1',
    });
    expect((await fetch(`${managementUrl}/livez`)).status).toBe(200);
    expect(await metric('bff_shed_total{reason="memory"')).toBe(1);
    waiting[0]?.end();
    await arrived(2);
    waiting[1]?.end();
    for (const answer of answers) expect((await answer).status).toBe(200);
  });

  test('A9 the unread body of a rejected request does not block its connection', async () => {
    const { app, waiting, arrived } = held();
    const { url, metric } = await start(app, { maxInFlight: 1, maxInFlightPerTenant: 1, maxQueued: 1 });
    const answers = [fetch(url)];
    await arrived(1);
    answers.push(fetch(url, { method: 'POST' }));
    await until(async () => (await metric('bff_requests_waiting')) === 1);
    const request = httpRequest(url, { method: 'POST' }).end(Buffer.alloc(1_000_000));
    const [refused] = (await once(request, 'response')) as [IncomingMessage];
    refused.resume();
    expect(refused.statusCode).toBe(503);
    await once(refused, 'end');
    waiting[0]?.end();
    await arrived(2);
    waiting[1]?.end();
    await Promise.all(answers);
  });

  test('A9 a queued request that could not be answered within its budget is rejected with 503', async () => {
    const { app, waiting, arrived } = held();
    const { url, metric } = await start(app, { maxInFlight: 1, maxInFlightPerTenant: 1, budgetMs: 100 });
    const first = fetch(url);
    await arrived(1);
    expect((await fetch(url)).status).toBe(503);
    expect(await metric('bff_shed_total{reason="deadline"')).toBe(1);
    waiting[0]?.end();
    expect((await first).status).toBe(200);
  });
});

describe('A3 A9 client disconnects', () => {
  /** Sends requests on one connection, each with a body that is announced and never sent. */
  const stall = (url: string, headers = '', count = 1): Socket => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    const request =
      count > 1 ? 'GET / HTTP/1.1\r\nHost: x\r\n' : 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n';
    socket.write(`${request}${headers}\r\n`.repeat(count));
    return socket;
  };

  test('A3 A9 when a client disconnects, its slot is released', async () => {
    const { app, arrived } = held();
    const { url, shedding } = await start(app, { maxInFlight: 1, maxInFlightPerTenant: 1 });
    const socket = stall(url);
    await arrived(1);
    socket.destroy();
    await until(() => shedding.inFlight() === 0);
  });

  test('A3 A9 when the client of a queued request disconnects, the request is removed from the queue and never started', async () => {
    const { app, waiting, arrived } = held();
    const { url, metric } = await start(app, { maxInFlight: 1, maxInFlightPerTenant: 1 });
    const first = fetch(url);
    await arrived(1);
    const gone = stall(url);
    await until(async () => (await metric('bff_requests_waiting')) === 1);
    gone.destroy();
    await until(async () => (await metric('bff_requests_waiting')) === 0);
    const next = fetch(url);
    waiting[0]?.end();
    await arrived(2);
    waiting[1]?.end();
    expect([(await first).status, (await next).status, waiting.length]).toEqual([200, 200, 2]);
  });

  test('A3 A9 when a client with several pipelined requests disconnects, the slot of each request is released', async () => {
    const { app, arrived } = held();
    const { url, shedding } = await start(app);
    const socket = stall(url, '', 3);
    await arrived(3);
    socket.destroy();
    await until(() => shedding.inFlight() === 0);
  });

  test('A3 A9 when a client disconnects during authentication, its slot is released, also that of its tenant', async () => {
    const seen: IncomingMessage[] = [];
    const { url, shedding } = await start(
      (request, response) => {
        seen.push(request);
        response.end();
      },
      { maxInFlightPerTenant: 1, budgetMs: 200 },
    );
    const socket = stall(url, `X-Tenant: t1\r\n${slowSession}: yes\r\n`);
    await until(() => shedding.inFlight() === 1);
    socket.destroy();
    await until(() => seen.length === 1);
    expect(shedding.inFlight()).toBe(0);
    const headers = { 'X-Tenant': 't1', Authorization: 'Bearer t1' };
    // The second request waits in the queue of the tenant, which the first one has made known.
    for (let at = 0; at < 2; at++) expect((await fetch(url, { headers })).status).toBe(200);
  });
});

describe('A9 limits per tenant', () => {
  const ask = (url: string, tenant: string) =>
    fetch(url, { headers: { 'X-Tenant': tenant, Authorization: `Bearer ${tenant}` } });

  test('A9 a tenant at its limit has to wait, unauthenticated clients together have the limit of one tenant, and another tenant is served meanwhile', async () => {
    const { app, waiting, arrived } = held();
    const { url, metric } = await start(app, { maxInFlight: 10, maxInFlightPerTenant: 2 });
    const learned = [ask(url, 'loud'), ask(url, 'quiet')];
    await arrived(2);
    for (const response of waiting) response.end();
    await Promise.all(learned);
    const answers = [
      ask(url, 'loud'),
      ask(url, 'loud'),
      ask(url, 'loud'),
      fetch(url),
      fetch(url),
      fetch(url),
    ];
    await arrived(6);
    await until(async () => (await metric('bff_requests_waiting')) === 2);
    answers.push(ask(url, 'quiet'));
    await arrived(7);
    for (const response of waiting.slice(2)) response.end();
    await arrived(9);
    for (const response of waiting.slice(7)) response.end();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(7).fill(200));
  });

  test('A9 a request counts towards unauthenticated clients until it is authenticated, and then towards its tenant', async () => {
    const { app, waiting, arrived } = held();
    const { url } = await start(app, { maxInFlight: 10, maxInFlightPerTenant: 2 });
    const answers = ['t1', 't2', 't3', 't4'].map((tenant) => ask(url, tenant));
    await arrived(4);
    for (const response of waiting) response.end();
    await Promise.all(answers);
  });

  test('A9 the metric bff_loop_seconds_total counts event-loop time by route and tenant', async () => {
    const { url, metric } = await start((_, response) => {
      for (const end = performance.now() + 30; performance.now() < end;);
      response.end();
    });
    for (let i = 0; i < 40; i++) await (await ask(url, 't1')).text();
    await (await fetch(url)).text();
    const seconds = async (tenant: string) =>
      metric(`bff_loop_seconds_total{route="none",tenant="${tenant}"`);
    await until(async () => (await seconds('unauthenticated')) > 0.03);
    expect(await seconds('t1')).toBeGreaterThan(0.1);
    expect((await seconds('t1')) + (await seconds('other'))).toBeGreaterThanOrEqual(1.2);
  });
});
