/**
 * Measures the effect of a partner at ten times its limit on another partner, and the cost of a rejected
 * request. Run `node apps/partner-bff/test/bench/noisy-neighbour.ts` (Node 24). Services, partner-bff and
 * each load run in processes of their own, so that they do not affect each other's measurement. CPU time is
 * that of partner-bff.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { startWorld } from '@bff/demo-world';
import { startRedis } from '@bff/testbed';
import type { Load, LoadReport } from './load.ts';

const rounds = 3;
const seconds = 5;
/**
 * Loads in requests per second; the limit of the noisy partner is 100. The benchmark prints the latency of
 * the quiet partner alone, and together with the noisy one.
 */
const quiet = { client: 'globex-crm', rate: 40, paths: paths('globex', 100) };
const noisy = { client: 'acme-erp', rate: 1_000, paths: paths('acme', 120) };

const folder = mkdtempSync(join(tmpdir(), 'noisy-'));
const redis = await startRedis();
const world = await startWorld();
const fields = { blocked: ['ssn'] };
const daily = { limit: 1_000_000, windowSeconds: 86_400 };
const tenants = (acmeWindow: object) => [
  { id: 'acme', name: 'Acme', status: 'active', fields, quotas: { burst: acmeWindow, daily } },
  {
    id: 'globex',
    name: 'Globex',
    status: 'active',
    fields,
    quotas: { burst: { limit: 1_000_000, windowSeconds: 60 }, daily },
  },
];

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

await withBff({ limit: 1, windowSeconds: 86_400 }, async (url, cpuSeconds) => {
  const cost = async (plan: typeof noisy): Promise<number> => {
    const before = cpuSeconds();
    const { answers } = await load(url, { ...plan, seconds });
    return ((cpuSeconds() - before) * 1e6) / Object.values(answers).reduce((sum, n) => sum + n, 0);
  };
  await load(url, { ...noisy, seconds: 2 });
  say(
    `CPU per rejected request: ${(await cost(noisy)).toFixed(0)} us; per answered request: ${(await cost({ ...quiet, rate: 200 })).toFixed(0)} us`,
  );
});

const alone: LoadReport[] = [];
const beside: LoadReport[] = [];
const refused: LoadReport[] = [];
await withBff({ limit: 100, windowSeconds: 1 }, async (url) => {
  await Promise.all([load(url, { ...quiet, seconds: 2 }), load(url, { ...noisy, seconds: 2 })]);
  for (let round = 0; round < rounds; round++) {
    alone.push(await load(url, { ...quiet, seconds }));
    const [neighbour, disturbed] = await Promise.all([
      load(url, { ...noisy, seconds }),
      load(url, { ...quiet, seconds }),
    ]);
    refused.push(neighbour);
    beside.push(disturbed);
  }
});
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
for (const [name, reports] of Object.entries({ alone, beside, refused })) {
  const [p50, p99] = (['p50', 'p99'] as const).map((q) => median(reports.map((each) => each[q])).toFixed(1));
  say(`${name.padEnd(8)} p50 ${p50} ms, p99 ${p99} ms, ${JSON.stringify(reports[0]!.answers)}`);
}
await world.close();
await redis.close();
rmSync(folder, { recursive: true });
process.exit();

function paths(tenant: string, size: number): string[] {
  return Array.from(
    { length: size },
    (_, i) => `/v2/customers/${tenant}-user-${String(i + 1).padStart(3, '0')}`,
  );
}

/** Runs partner-bff in a process of its own. */
async function withBff(
  acmeBurst: object,
  work: (url: string, cpuSeconds: () => number) => Promise<void>,
): Promise<void> {
  const file = join(folder, 'tenants.json');
  writeFileSync(file, JSON.stringify({ tenants: tenants(acmeBurst) }));
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    env: { ...process.env, ...world.env, LOG_LEVEL: 'info', REDIS_URL: redis.url, TENANTS_FILE: file },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const url = await readyUrl(child.stdout);
  // Drains the log: a full pipe would block the process.
  child.stdout.resume();
  await work(url, () => cpuOf(child.pid!));
  child.kill();
  await exited;
}

async function readyUrl(lines: Readable): Promise<string> {
  for await (const line of createInterface({ input: lines })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string };
    if (msg === 'ready') return url;
  }
  throw new Error('partner-bff did not start');
}

/**
 * Returns user and system time of a process in seconds: fields 14 and 15 of proc_pid_stat(5), in hundredths.
 */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function load(
  url: string,
  plan: Omit<Load, 'url' | 'token'> & { client: string },
): Promise<LoadReport> {
  const answer = await fetch(`${world.idp.issuer}/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${plan.client}:demo-secret`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'urn:bff:partner' }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const child = fork(join(import.meta.dirname, 'load.ts'));
  child.send({ ...plan, url, token } satisfies Load);
  const [report] = (await once(child, 'message')) as [LoadReport];
  return report;
}
