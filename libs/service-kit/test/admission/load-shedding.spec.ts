import { once } from 'node:events';
import {
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import {
  createLoadShedding,
  createMetrics,
  type LoadSheddingOptions,
  type Service,
  type TenantId,
} from '../../src/index.ts';
import { startTestService } from '../http/start-test-service.ts';

let service: Service | undefined;
afterEach(async () => void (await service?.stop()));

async function start(app: RequestListener, limits: Partial<LoadSheddingOptions> = {}) {
  const metrics = createMetrics('test');
  const shedding = createLoadShedding({ metrics, ...limits });
  service = await startTestService({
    app: (request, response) => {
      const next = (problem?: unknown) =>
        problem ? response.writeHead(503).end(JSON.stringify(problem)) : app(request, response);
      if (request.headers['x-tenant'] === undefined) return next();
      shedding.shareFairly(() => request.headers['x-tenant'] as TenantId)(request, response, next);
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

const held = () => {
  const waiting: ServerResponse[] = [];
  return {
    waiting,
    app: (_: IncomingMessage, response: ServerResponse) => void waiting.push(response),
    arrived: (count: number) => until(() => waiting.length >= count),
  };
};

/** Blocks the loop, as too much work does. */
function work(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

describe('A9 what is turned away', () => {
  test('A9 more than maxInFlight: an early problem with a time to come back; the management port always answers', async () => {
    const { app, waiting, arrived } = held();
    const { url, managementUrl, metric } = await start(app, { maxInFlight: 2 });
    const accepted = [fetch(url), fetch(url)];
    await arrived(2);
    const refused = await fetch(`${url}/api/x?secret=1`, { headers: { 'X-Request-ID': 'request-1' } });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^[123]$/);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(refused.headers.get('x-request-id')).toBe('request-1');
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toEqual({
      type: '/problems/overloaded', title: 'There is more to do than this service can', status: 503,
      instance: '/api/x', request_id: 'request-1',
    }); // prettier-ignore
    expect((await fetch(`${managementUrl}/livez`)).status).toBe(200);
    expect(await metric('bff_requests_in_flight')).toBe(2);
    expect(await metric('bff_shed_total{reason="in-flight"')).toBe(1);

    for (const response of waiting) response.end('done');
    for (const answer of accepted) expect(await (await answer).text()).toBe('done');
    const next = fetch(url);
    await arrived(3);
    waiting[2]?.end();
    expect((await next).status).toBe(200);
  });

  test('A3 A9 who hung up makes room', async () => {
    const { app, arrived } = held();
    const { url, shedding } = await start(app, { maxInFlight: 1 });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).end('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await arrived(1);
    socket.destroy();
    await until(() => shedding.inFlight() === 0);
  });

  test('A9 one tenant gets its part of the room, the others the rest', async () => {
    const { app, waiting, arrived } = held();
    const { url, metric } = await start(app, { maxInFlight: 10, maxInFlightPerTenant: 2 });
    const ask = (tenant: string) => fetch(url, { headers: { 'X-Tenant': tenant } });
    const accepted = [ask('loud'), ask('loud')];
    await arrived(2);
    expect((await ask('loud')).status).toBe(503);
    accepted.push(ask('quiet'));
    await arrived(3);
    for (const response of waiting) response.end();
    for (const answer of accepted) expect((await answer).status).toBe(200);
    expect(await metric('bff_shed_total{reason="tenant"')).toBe(1);
    accepted.push(ask('loud'));
    await arrived(4);
    waiting[3]?.end();
    expect((await accepted[3])?.status).toBe(200);
  });

  test('A9 a body that nobody reads does not keep the connection from its next request', async () => {
    const { app, waiting, arrived } = held();
    const { url } = await start(app, { maxInFlight: 1 });
    const first = fetch(url);
    await arrived(1);
    const request = httpRequest(url, { method: 'POST' }).end(Buffer.alloc(1_000_000));
    const [refused] = (await once(request, 'response')) as [IncomingMessage];
    refused.resume();
    expect(refused.statusCode).toBe(503);
    await once(refused, 'end');
    waiting[0]?.end();
    expect((await first).status).toBe(200);
  });
});

describe('A9 at more than it can do', () => {
  /** So many on one connection, not waiting for answers: the server reads them in one turn. Resolves with all statuses. */
  async function pipelined(url: string, count: number, headers = ''): Promise<string[]> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const one = `GET / HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
    socket.write(one.repeat(count - 1) + one.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    let said = '';
    socket.on('data', (chunk) => (said += String(chunk)));
    await once(socket, 'close');
    return said.match(/(?<=HTTP\/1\.1 )\d+/g) ?? [];
  }
  const of = (tenant: string) => `X-Tenant: ${tenant}\r\nAuthorization: Bearer of ${tenant}\r\n`;

  test('A9 a known tenant is not behind the others in line, nor behind strangers', async () => {
    const began: string[] = [];
    const { url } = await start(
      ({ headers }, response) => {
        began.push(String(headers['x-tenant'] ?? 'stranger'));
        work(1);
        response.end();
      },
      { maxQueueDelayMs: 10_000 },
    );
    await pipelined(url, 1, of('quiet'));
    await pipelined(url, 1, of('loud'));
    began.length = 0;
    const all = [pipelined(url, 100), pipelined(url, 100, of('loud'))];
    await until(() => began.length >= 20, { everyMs: 0 });
    const quiet = await pipelined(url, 2, of('quiet'));
    const ahead = began.lastIndexOf('quiet');
    await Promise.all(all);
    expect(quiet).toEqual(['200', '200']);
    expect(began).toHaveLength(202);
    expect(ahead).toBeLessThan(150);
  });

  test('A9 what would wait too long is refused early, and the next one after it is not', async () => {
    const { url, metric } = await start(
      (_, response) => {
        work(20);
        response.end();
      },
      { maxQueueDelayMs: 1 },
    );
    const statuses = await pipelined(url, 40);
    const refused = statuses.filter((status) => status === '503');
    expect(statuses).toHaveLength(40);
    expect(refused.length).toBeGreaterThan(20);
    expect(refused.length).toBeLessThan(40);
    expect(await metric('bff_shed_total{reason="queue"')).toBe(refused.length);
    expect((await fetch(url)).status).toBe(200);
  });
});
