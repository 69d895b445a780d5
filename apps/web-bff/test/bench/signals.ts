/**
 * Measures the cost of receiving shared signals. Run `node apps/web-bff/test/bench/signals.ts [rate]
 * [seconds]` (default 1,000 per second for 10 s). Each signal ends one session in Redis. web-bff runs in a
 * process of its own, whose CPU time is reported.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadavg } from 'node:os';
import { createSessionStore } from '@bff/auth-delegation';
import { startWorld } from '@bff/demo-world';
import { createLogger, createRedisStore, type TenantId } from '@bff/service-kit';
import { startRedis, startTransmitter, succeeds, until } from '@bff/testbed';
import { addressAt } from '../rig.ts';

const rate = Number(process.argv[2] ?? 1_000);
const total = rate * Number(process.argv[3] ?? 10);
const eventType = 'https://schemas.openid.net/secevent/risc/event-type/sessions-revoked';

const [world, redis, transmitter] = await Promise.all([startWorld(), startRedis(), startTransmitter()]);
const { issuer } = world.idp;
const address = await addressAt(world);
const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../src/main.ts')], {
  env: {
    ...world.env,
    ...address,
    ...transmitter.settings,
    MANAGEMENT_PORT: '0',
    REDIS_URL: redis.url,
    REVALIDATION_SECONDS: '0',
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const url = `http://127.0.0.1:${address.PORT}`;
const store = createRedisStore({
  url: redis.url,
  log: createLogger('bench', 'silent'),
  commandTimeoutMs: 5_000,
});
const day = 86_400_000;
const sessions = createSessionStore({ store, kind: 'session', idleMs: day, absoluteMs: day });
await until(() => succeeds(store.ping()));
await until(() => succeeds(fetch(url)), { everyMs: 100 });

const issuedAt = Math.floor(Date.now() / 1000);
const home = 'acme' as TenantId;
const claims = { home, issuer, tenants: [home], roles: [], permissions: [], authTime: issuedAt, issuedAt };
const handles: string[] = [];
while (handles.length < total) {
  const step = Array.from({ length: 200 }, (_, i) =>
    sessions.create({ ...claims, subject: `user-${handles.length + i}` }),
  );
  handles.push(...(await Promise.all(step)).map(({ handle }) => handle));
}
const tokens = Array.from({ length: total }, (_, i) =>
  transmitter.token(eventType, { format: 'iss_sub', iss: issuer, sub: `user-${i}` }),
);

/** Returns the CPU time in milliseconds, with a resolution of 10 ms. */
function cpuMs(): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

const statuses: Record<number, number> = {};
const latencies: number[] = [];
const cpuBefore = cpuMs();
const begin = performance.now();
const pushed = tokens.map(async (token, i) => {
  await new Promise((due) => setTimeout(due, Math.max(0, begin + (i * 1_000) / rate - performance.now())));
  const from = performance.now();
  const status = await transmitter.push(url, token);
  latencies.push(performance.now() - from);
  statuses[status] = (statuses[status] ?? 0) + 1;
});
await Promise.all(pushed);
const seconds = (performance.now() - begin) / 1000;
latencies.sort((one, other) => one - other);
const cpuPerSignal = (cpuMs() - cpuBefore) / total;
let alive = 0;
for (const handle of handles) if (await sessions.find(handle)) alive++;

const shown = {
  offered_per_second: rate,
  answered_per_second: Math.round(total / seconds),
  statuses,
  p50_ms: Math.round(latencies[Math.floor(total / 2)]!),
  p99_ms: Math.round(latencies[Math.floor(total * 0.99)]!),
  cpu_ms_per_signal: cpuPerSignal.toFixed(2),
  sessions_alive: alive,
  load_average: loadavg()[0]!.toFixed(1),
};
process.stdout.write(`${JSON.stringify(shown)}\n`);
child.kill('SIGTERM');
transmitter.close();
await Promise.all([store.close(), redis.close(), world.close()]);
process.exit();
