/**
 * Measures the cost of differential sync: server CPU for each kind of answer, and memory of Redis. Run `node
 * test/example/sync/sync-cost.ts`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loginToMobileBff, startWorld } from '@bff/demo-world';
import { freePort, startRedis, until } from '@bff/testbed';
import { ask, having, tagOf, type Answered } from './sync.ts';
import { firstTruth, order, startUpstreams } from './upstreams.ts';

const rounds = Number(process.env['ROUNDS'] ?? 8);
const requests = Number(process.env['REQUESTS'] ?? 250);

const [redis, upstreams, world] = await Promise.all([startRedis(), startUpstreams(), startWorld()]);
const [port, managementPort] = [await freePort(), await freePort()];
const url = `http://127.0.0.1:${port}`;
await world.idp.control.setClient('mobile-bff', { redirect_uris: [`${url}/oauth/callback`] });
const child = spawn(process.execPath, [`${import.meta.dirname}/../../src/main.ts`], {
  stdio: 'inherit',
  env: {
    PATH: process.env['PATH'],
    ...world.env,
    ...upstreams.env,
    REDIS_URL: redis.url,
    PUBLIC_URL: url,
    PORT: String(port),
    MANAGEMENT_PORT: String(managementPort),
  },
});
const management = `http://127.0.0.1:${managementPort}`;
await until(async () => (await fetch(`${management}/readyz`).catch(() => undefined))?.status === 200);

/** Returns the CPU seconds that the server has used. */
async function cpu(): Promise<number> {
  const text = await (await fetch(`${management}/metrics`)).text();
  return Number(/^process_cpu_seconds_total\S* (\S+)/m.exec(text)?.[1]);
}

const headers = { ...(await loginToMobileBff({ url, username: 'alice' })) };
const truth = upstreams.truthOf('acme', 'alice');
const get = (path: string, fields = {}) => ask(url + path, { ...headers, ...fields });

let changes = 0;
let has: Answered;
const screens: Record<string, () => void> = {
  '/api/profile': () => (truth.tier = `tier ${changes++}`),
  '/api/home': () => (truth.tier = `tier ${changes++}`),
  '/api/orders': () => (truth.orders[3]!.status = `status ${changes++}`),
};
/** Measured requests by name: the expected status, and the request with the preparation that leads to it. */
const kinds: Record<string, [status: number, ask: (path: string, change: () => void) => Promise<Answered>]> =
  {
    'plain 200': [200, async (path, change) => (change(), get(path))],
    'plain 304': [304, async (path) => get(path, { 'If-None-Match': tagOf(has) })],
    'sync 200, base written': [200, async (path, change) => (change(), get(path, having()))],
    'sync 226': [226, async (path, change) => (change(), (has = await get(path, having(has))))],
    'sync 304': [304, async (path) => get(path, having(has))],
  };

const print = (line: string): void => void process.stdout.write(`${line}\n`);
Object.assign(truth, firstTruth(), {
  orders: Array.from({ length: 15 }, (_, index) => order(`order-${index}`)),
});
try {
  for (const [path, change] of Object.entries(screens)) {
    const spent: Record<string, number> = {};
    for (let round = -1; round < rounds; round++)
      for (const [kind, [status, once]] of Object.entries(kinds)) {
        has = await get(path, having());
        const before = await cpu();
        for (let index = 0; index < requests; index++) {
          const answer = await once(path, change);
          if (answer.status !== status) throw new Error(`${path}, ${kind}: ${answer.status}`);
        }
        const each = ((await cpu()) - before) / requests;
        if (round >= 0) spent[kind] = Math.min(spent[kind] ?? Infinity, each);
      }
    print(`${path}, view of ${(await get(path)).text.length} bytes`);
    for (const [kind, each] of Object.entries(spent))
      print(
        `  ${kind.padEnd(24)} ${(each * 1e6).toFixed(0).padStart(6)} us  x ${(each / spent['plain 200']!).toFixed(2)}`,
      );
    const keys = redis.cli('--scan', '--pattern', '*:sync:*').split('\n').filter(Boolean);
    const bytes = keys.reduce((sum, key) => sum + Number(redis.cli('MEMORY', 'USAGE', key)), 0);
    print(`  Redis: ${bytes} bytes in ${keys.length} keys for this device and screen, a full shelf`);
    for (const key of keys) redis.cli('DEL', key);
  }
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await Promise.all([redis.close(), upstreams.close(), world.close()]);
}
