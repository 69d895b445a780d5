import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRedis, type TestRedis } from '@bff/testbed';
import { after } from './after.ts';
import { startRig, type Answered, type Rig } from '../rig.ts';

let redis: TestRedis;
let rig: Rig;
let between: Server;
let killed: ChildProcess;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url });
});
afterAll(async () => {
  between.close();
  between.closeAllConnections();
  await rig.close();
  await redis.close();
});

const path = '/v2/customers/alice/preferences';

/**
 * Starts a proxy between a BFF and user-service that kills the BFF after the service has answered the write.
 */
async function killerOnTheWay(): Promise<string> {
  const upstream = rig.world.env['USER_SERVICE_URL']!;
  between = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const answer = await fetch(upstream + request.url, {
      method: request.method,
      headers: Object.entries(request.headers as Record<string, string>).filter(
        ([name]) => name !== 'connection' && name !== 'host',
      ),
      ...(body.length > 0 && { body }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (request.method === 'PATCH' && answer.ok) return void killed.kill('SIGKILL');
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(bytes);
  }).listen(0, '127.0.0.1');
  await once(between, 'listening');
  return `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
}

/** Starts another partner-bff in a process of its own; resolves to its URL. */
async function startProcess(env: Record<string, string>): Promise<string> {
  killed = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    env: { PATH: process.env['PATH'], ...rig.world.env, REDIS_URL: redis.url, LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: killed.stdout! })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string };
    if (msg === 'ready') return url;
  }
  throw new Error('partner-bff did not start');
}

test('T5 a write takes effect once, and its retry gets the answer, when the process is killed before it can answer the first request', async () => {
  const at = await startProcess({ USER_SERVICE_URL: await killerOnTheWay() });
  const etag = (await rig.ask(path)).headers.get('etag')!;
  const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': etag };
  const exited = once(killed, 'exit');
  const patch = (door?: string): Promise<Answered> =>
    rig.ask(path, { method: 'PATCH', headers, body: { color: 'once' }, ...(door && { at: door }) });
  await expect(patch(at)).rejects.toThrow();
  await exited;
  const afterTheCrash = (await rig.ask(path)).headers.get('etag');
  expect(afterTheCrash).not.toBe(etag);

  const receipt = () => rig.ask(`/v2/writes/${headers['Idempotency-Key']}`);
  expect((await patch()).status).toBe(409);
  const inFlight = await receipt();
  expect([inFlight.body, inFlight.headers.get('retry-after')]).toEqual([{ state: 'in-flight' }, '1']);
  // Shortens the lock of the killed process, which would expire after thirty seconds.
  const [lock = ''] = redis.cli('--scan', '--pattern', '{acme}:idempotency:*').trim().split('\n');
  redis.cli('pexpire', lock, '100');
  expect((await after(200, receipt)).status).toBe(404);
  const again = await after(409, patch);

  expect([again.status, again.body.preferences?.color]).toEqual([200, 'once']);
  expect(again.headers.get('etag')).toBe(afterTheCrash);
  expect((await rig.ask(path)).headers.get('etag')).toBe(afterTheCrash);
  const replayed = await patch();
  expect([replayed.text, replayed.headers.get('idempotency-replayed')]).toEqual([again.text, 'true']);
  expect((await receipt()).body).toEqual({ state: 'applied', status: 200 });
  expect((await rig.ask(`/v2/writes/${headers['Idempotency-Key']}`, { client: 'globex-crm' })).status).toBe(
    404,
  );
}, 30_000);
