import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startProcess, startWorld } from '@bff/demo-world';
import { demoAccounts } from '@bff/dev-idp';
import { freePort, startRedis } from '@bff/testbed';
import { startRotatingProvider } from './outage/rotating-provider.ts';
import { ask, logIn, type Seen, type WebSession } from './outage/web-session.ts';

/**
 * `npm run outage`: simulates an outage of ten minutes of an identity provider that takes 300 ms per
 * answer, with many sessions on two replicas of web-bff. Prints a Markdown table with the answers, the
 * latency of screens and the provider's calls in each phase. Exit code 1 when a user was logged out.
 *
 * --sessions: number. --interval: REVALIDATION_SECONDS. --before, --away, --after: duration of the phases in
 * seconds. --rate: screens per second.
 */
const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '10000' },
    interval: { type: 'string', default: '300' },
    before: { type: 'string', default: '120' },
    away: { type: 'string', default: '600' },
    after: { type: 'string', default: '120' },
    rate: { type: 'string', default: '120' },
  },
});
const [count, interval, before, away, after, rate] = [
  values.sessions,
  values.interval,
  values.before,
  values.away,
  values.after,
  values.rate,
].map(Number) as [number, number, number, number, number, number];
if (count / rate > interval / 3)
  throw new TypeError(
    'fewer than one request per session in a third of the interval: raise --rate or lower --sessions',
  );

const screen = '/api/profile';
const users = Array.from(
  { length: 100 },
  (_, at) => `${demoAccounts.tenant}-user-${String(at + 1).padStart(3, '0')}`,
);
const [world, redis, provider] = await Promise.all([
  startWorld(),
  startRedis(),
  startRotatingProvider(demoAccounts.tenant, 300),
]);
const main = resolve(import.meta.dirname, '../../../apps/web-bff/src/main.ts');
const ports = [await freePort(), await freePort()];
const urls = ports.map((port) => `http://127.0.0.1:${port}`);
const log: string[] = [];
const replicas = ports.map((port, at) =>
  startProcess(
    {
      name: 'web-bff',
      command: [main],
      env: {
        ...world.env,
        PORT: String(port),
        PUBLIC_URL: urls[0] ?? '',
        ISSUER: provider.issuer,
        REDIS_URL: redis.url,
        REVALIDATION_SECONDS: String(interval),
        LOG_LEVEL: 'warn',
      },
      readyUrl: `${urls[at]}/auth/session`,
    },
    (line) => log.push(line),
  ),
);
const urlOf = (at: number): string => urls[at % urls.length] ?? '';

interface Phase {
  readonly name: string;
  readonly seen: Map<string, number>;
  readonly latencies: number[];
  readonly startedAt: number;
  seconds: number;
}

/** Requests screens in an open loop: on schedule, even if earlier answers are slow. */
async function load(name: string, sessions: readonly WebSession[], seconds: number): Promise<Phase> {
  const phase: Phase = { name, seen: new Map(), latencies: [], startedAt: Date.now(), seconds };
  const pending = new Set<Promise<unknown>>();
  const start = performance.now();
  for (let sent = 0; sent < seconds * rate; sent++) {
    const due = start + (sent * 1_000) / rate;
    if (due > performance.now()) await sleep(due - performance.now());
    const at = next++ % sessions.length;
    const asked: Promise<unknown> = ask(sessions[at] as WebSession, urlOf(at + sent), screen)
      .catch(() => ({ status: 0 }))
      .then((seen: Seen) => {
        phase.latencies.push(performance.now() - due);
        const told = typeof seen === 'string' ? seen : `status ${seen.status}`;
        phase.seen.set(told, (phase.seen.get(told) ?? 0) + 1);
      })
      .finally(() => pending.delete(asked));
    pending.add(asked);
  }
  await Promise.all(pending);
  phase.seconds = (Date.now() - phase.startedAt) / 1_000;
  return phase;
}
let next = 0;

const quantile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);

function rowOf({ name, seen, latencies, startedAt, seconds }: Phase): string {
  const sorted = latencies.toSorted((one, other) => one - other);
  const ends = startedAt + seconds * 1_000;
  const calls = provider.tokenCalls.filter((at) => at >= startedAt && at < ends);
  const bySecond = new Map<number, number>();
  for (const at of calls)
    bySecond.set(Math.floor(at / 1_000), (bySecond.get(Math.floor(at / 1_000)) ?? 0) + 1);
  const most = Math.max(0, ...bySecond.values());
  const others = [...seen]
    .filter(([told]) => told.startsWith('status'))
    .map(([told, times]) => `${told}: ${times}`);
  const cells = [
    name,
    latencies.length,
    seen.get('logged out') ?? 0,
    seen.get('late') ?? 0,
    others.join(', ') || 0,
    quantile(sorted, 0.5),
    quantile(sorted, 0.99),
    (calls.length / seconds).toFixed(1),
    most,
  ];
  return `| ${cells.join(' | ')} |`;
}

try {
  await Promise.all(replicas.map(({ ready }) => ready));
  const sessions: WebSession[] = [];
  while (sessions.length < count) {
    const group = Array.from({ length: Math.min(50, count - sessions.length) }, (_, at) =>
      logIn(urlOf(at), provider, users[(sessions.length + at) % users.length] ?? ''),
    );
    sessions.push(...(await Promise.all(group)));
  }
  process.stderr.write(`${sessions.length} sessions\n`);
  const phases = [await load('the provider answers in 300 ms', sessions, before)];
  provider.isAway = true;
  phases.push(await load('the provider is unavailable', sessions, away));
  provider.isAway = false;
  phases.push(await load('the provider has recovered', sessions, after));
  process.stdout.write(
    `| phase | screens | logged out | confirmed late | other answers | p50 ms | p99 ms | calls of the token endpoint a second | most in one second |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n${phases.map(rowOf).join('\n')}\n`,
  );
  process.stdout.write(
    `\nLog lines of both replicas: ${log.length}; sessions that the provider revoked: ${provider.revoked}\n`,
  );
  const isLost = phases.some(({ seen }) => seen.has('logged out'));
  process.exitCode = isLost || provider.revoked > 0 ? 1 : 0;
} finally {
  await Promise.all(replicas.map((each) => each.stop()));
  provider.close();
  await Promise.all([world.close(), redis.close()]);
}
