import { type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import { createLoadShedding, createMetrics, type Service, type TenantId } from '../../src/index.ts';
import { startTestService } from '../http/start-test-service.ts';

let service: Service;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await service.stop();
});

/** `/api` asks who it is and answers; all else waits for a body, as a token endpoint does before it knows anybody. */
async function start() {
  const metrics = createMetrics('test');
  const shedding = createLoadShedding({ metrics, maxInFlight: 10, maxInFlightPerTenant: 4 });
  const share = shedding.shareFairly(({ headers }) => headers.authorization?.split(' ')[1] as TenantId);
  const app = (request: IncomingMessage, response: ServerResponse): void => {
    const api = () => share(request, response, (problem) => response.writeHead(problem ? 503 : 200).end());
    if (request.url === '/api') api();
    // A session store that takes its time.
    else if (request.url === '/slow') response.once('close', () => setImmediate(api));
    else if (request.url !== '/never') request.resume().once('end', () => response.end());
  };
  service = await startTestService({ app, shedding, metrics });
  const { url } = service;
  return {
    ask: async (tenant: string) =>
      (await fetch(`${url}/api`, { headers: { Authorization: `Bearer ${tenant}` } })).status,
    /** Announces a body and never sends it. Resolves with the refusal, or with nothing once it is held. */
    async stall(headers = '', path = '/token'): Promise<string | undefined> {
      const before = shedding.inFlight();
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      sockets.push(socket);
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n${headers}\r\n`);
      let told: string | undefined;
      socket.once('data', (data) => (told = String(data).split(' ')[1]));
      await until(() => told ?? shedding.inFlight() !== before);
      return told;
    },
    shedding,
  };
}

test('A9 strangers who send half a request take the room of one tenant, and no more', async () => {
  const { ask, stall } = await start();
  expect(await ask('known')).toBe(200);
  for (let i = 0; i < 4; i++) expect(await stall()).toBeUndefined();
  expect(await stall()).toBe('503');
  expect(await ask('known')).toBe(200);
});

test('A9 nor does a tenant where it is not asked who it is; who hangs up gives the room back', async () => {
  const { ask, stall, shedding } = await start();
  for (const tenant of ['loud', 'quiet']) expect(await ask(tenant)).toBe(200);
  const loud = 'Authorization: Bearer loud\r\n';
  for (let i = 0; i < 4; i++) expect(await stall(loud)).toBeUndefined();
  expect([await stall(loud), await ask('loud'), await ask('quiet')]).toEqual(['503', 503, 200]);
  for (const socket of sockets) socket.destroy();
  await until(() => shedding.inFlight() === 0);
  expect(await ask('loud')).toBe(200);
});

test('A9 who turns out to be somebody is no stranger any more', async () => {
  const { ask, stall } = await start();
  for (let i = 0; i < 3; i++) await stall();
  for (const tenant of ['one', 'two', 'three', 'four']) expect(await ask(tenant)).toBe(200);
  expect(await stall()).toBeUndefined();
});

test('A3 A9 who hangs up while it is being identified leaves no room taken', async () => {
  const { ask, stall, shedding } = await start();
  const gone = 'Authorization: Bearer gone\r\n';
  for (let i = 0; i < 4; i++) expect(await stall(gone, '/slow')).toBeUndefined();
  for (const socket of sockets) socket.destroy();
  await until(() => shedding.inFlight() === 0);
  await new Promise(setImmediate);
  expect([await ask('gone'), await ask('other')]).toEqual([200, 200]);
});

test('A3 A9 who hangs up behind requests that it sent all at once gives back the room of each', async () => {
  const { shedding } = await start();
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  // The second and the third wait for the answer to the first.
  socket.write('GET /never HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3));
  await until(() => shedding.inFlight() >= 3);
  socket.destroy();
  await until(() => shedding.inFlight() === 0);
});
