import { once } from 'node:events';
import { request as httpRequest, type RequestListener, type ServerResponse, Agent } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from '@jest/globals';
import { succeeds, until } from '@bff/testbed';
import { PortTaken, type Service, type ServiceOptions } from '../../src/index.ts';
import { startTestService } from './start-test-service.ts';

let service: Service | undefined;
afterEach(async () => void (await service?.stop()));

async function start(app: RequestListener, options: Partial<ServiceOptions> = {}): Promise<Service> {
  service = await startTestService({ app, drainGraceMs: 5_000, ...options });
  return service;
}

describe('service', () => {
  test('the management port serves liveness, readiness, metrics and its own pages only; the public port serves none of them', async () => {
    const { url, managementUrl } = await start((_, response) => void response.writeHead(404).end(), {
      json: { '/.well-known/jwks.json': () => ({ keys: [] }) },
    });
    const get = async (path: string) => (await fetch(managementUrl + path)).status;
    expect(await get('/livez')).toBe(200);
    expect(await get('/readyz?verbose')).toBe(200);
    expect(await get('/nothing')).toBe(404);
    expect(await get('/__proto__')).toBe(404);
    expect(await (await fetch(`${managementUrl}/.well-known/jwks.json`)).json()).toEqual({ keys: [] });
    expect(await (await fetch(`${managementUrl}/metrics`)).text()).toContain(
      'process_cpu_user_seconds_total',
    );
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });

  test('readiness is 503 and names the dependency while a dependency fails, and is 200 when the dependency works again', async () => {
    let there = false;
    const { managementUrl } = await start((_, response) => void response.end(), {
      readiness: {
        redis: async () => void (there || (await Promise.reject(new Error('secret reason')))),
        file: async () => undefined,
      },
    });
    const first = await fetch(`${managementUrl}/readyz`);
    expect(first.status).toBe(503);
    expect(await first.json()).toEqual({ status: 'not ready', checks: { redis: 'gone', file: 'ok' } });
    there = true;
    expect((await fetch(`${managementUrl}/readyz`)).status).toBe(200);
  });

  test('A10 during shutdown, readiness fails first, then accepted requests are answered, then the ports close', async () => {
    const waiting: (() => void)[] = [];
    const { url, managementUrl, stop } = await start(
      (_, response) => void waiting.push(() => response.end('done')),
      // Longer than a busy machine takes to send the requests below.
      { drainDelayMs: 3_000 },
    );
    const accepted = fetch(url);
    await until(() => waiting.length >= 1);
    const stopped = stop();
    expect((await fetch(`${managementUrl}/readyz`)).status).toBe(503);
    expect((await fetch(`${managementUrl}/livez`)).status).toBe(200);
    const late = fetch(url);
    await until(() => waiting.length >= 2);
    for (const answer of waiting) answer();
    expect(await (await accepted).text()).toBe('done');
    expect((await late).headers.get('connection')).toBe('close');
    expect(await stopped).toBe(true);
    await expect(fetch(url)).rejects.toThrow();
  });

  test('A10 during shutdown, a request that outlives the grace period is cut off, and stop resolves to false', async () => {
    let hasArrived = false;
    const { url, stop } = await start(() => void (hasArrived = true), { drainGraceMs: 50 });
    const hung = expect(fetch(url)).rejects.toThrow('fetch failed');
    await until(() => hasArrived);
    expect(await stop()).toBe(false);
    await hung;
  });

  test('A10 during shutdown, a keep-alive connection is closed when its last request was answered', async () => {
    const waiting: ServerResponse[] = [];
    const { url, stop } = await start((_, response) => void waiting.push(response), { drainGraceMs: 20_000 });
    const agent = new Agent({ keepAlive: true });
    const request = httpRequest(url, { agent }).end();
    await until(() => waiting.length >= 1);
    const stopped = stop();
    await until(async () => !(await succeeds(fetch(url, { signal: AbortSignal.timeout(100) }))));
    waiting[0]?.end('late');
    const [response] = await once(request, 'response');
    response.resume();
    expect(await stopped).toBe(true);
    agent.destroy();
  }, 10_000);

  test('A10 an idle keep-alive connection does not delay the shutdown', async () => {
    const { url, stop } = await start((_, response) => void response.end('x'));
    const agent = new Agent({ keepAlive: true });
    const request = httpRequest(url, { agent }).end();
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
    expect(await stop()).toBe(true);
    agent.destroy();
  });

  test('F55 on host :: the service answers at IPv4 addresses, and at IPv6 addresses where the machine has one', async () => {
    const { url } = await start((_, response) => void response.end('here'), { host: '::' });
    const { port } = new URL(url);
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const hosts = ['127.0.0.1', ...(addresses.some(({ address }) => address === '::1') ? ['[::1]'] : [])];
    for (const host of hosts) expect(await (await fetch(`http://${host}:${port}`)).text()).toBe('here');
  });

  test('when a port is already in use, the start fails with an error that names the port', async () => {
    const { url, managementUrl } = await start((_, response) => void response.end());
    const port = Number(new URL(url).port);
    const other = startTestService({ app: () => undefined, port });
    await expect(other).rejects.toThrow(PortTaken);
    await expect(other).rejects.toThrow(`port ${port} is taken`);
    expect((await fetch(`${managementUrl}/livez`)).status).toBe(200);
  });

  test('on Linux, 64 connections that arrive together are accepted in fewer than 32 event-loop turns', async () => {
    const burst = 64;
    let arrived = 0;
    const { url } = await start((_, response) => {
      arrived++;
      response.end();
    });
    const sockets = Array.from({ length: burst }, () => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      return socket.end('GET / HTTP/1.1\r\nHost: x\r\n\r\n').resume();
    });
    let turns = 0;
    while (arrived < burst) {
      await new Promise(setImmediate);
      turns++;
    }
    for (const socket of sockets) socket.destroy();
    // Outside Linux only one connection is accepted in a turn.
    if (process.platform === 'linux') expect(turns).toBeLessThan(32);
  });
});
