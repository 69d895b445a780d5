import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { BffName } from '@bff/demo-world';
import { slopeOf, type Slope } from './report/figures.ts';
import { bffNames, preload, startFleet, type Fleet } from './fleet/fleet.ts';
import { startLoad } from './load/load.ts';
import { product } from './product.ts';
import { serviceNames } from './fleet/services.ts';
import type { LoadClient } from './load/load-client.ts';
import { renewTokens, usersOfEach, logInClients } from './load/load-clients.ts';

/** Memory of one idle process after a garbage collection, in bytes. */
export interface Held {
  /** Heap without code. */
  readonly heap: number;
  /**
   * Bytecode and machine code. It grows without a leak, because V8 compiles hot functions for minutes, half a
   * megabyte in the first minute. Code cannot leak without its function, which is counted in the heap.
   */
  readonly code: number;
  readonly rss: number;
  readonly external: number;
  readonly handles: number;
}
export interface SoakPoint {
  readonly seconds: number;
  /** Requests sent so far, including those that the client aborted. */
  readonly requests: number;
  readonly redisKeys: number;
  readonly held: Readonly<Record<BffName, Held>>;
}
export interface SoakReport {
  readonly points: readonly SoakPoint[];
  /**
   * Growth of the heap in bytes per request. Excludes the first third of the run, in which caches fill up.
   */
  readonly growth: Readonly<Record<BffName, Slope>>;
  readonly wrong: readonly string[];
}

const troubles = ['error', 'hang', 'latency', 'reset', 'truncate', 'garbage', 'wrong-type'];
/** Pause before each measurement, in milliseconds: long enough for aborted requests to be closed. */
const settleMs = 200;

/**
 * Runs a steady load with time-outs, faults and client disconnects. Pauses the load regularly to measure the
 * memory of one idle process of each BFF.
 */
export async function runSoak({
  seconds,
  rate,
  looks = 30,
  nodeArguments = [],
}: {
  /** Duration of the load in seconds, without the pauses. */
  readonly seconds: number;
  readonly rate: number;
  readonly looks?: number;
  readonly nodeArguments?: readonly string[];
}): Promise<SoakReport> {
  const answers = new Map<string, (held: Held) => void>();
  const fleet = await startFleet({
    replicas: 1,
    nodeArguments: ['--expose-gc', ...preload('memory-preload.ts'), ...nodeArguments],
    env: { LOG_LEVEL: 'fatal', BURST_LIMIT: '100000000', DAILY_LIMIT: '100000000' },
    serviceEnv: { CACHE_CONTROL: 'private, max-age=1', ...product.serviceEnv(5) },
    onLine(name, line) {
      const held = line.startsWith('{"held":') ? (JSON.parse(line) as { held: Held }).held : undefined;
      if (held) answers.get(name)?.(held);
    },
  });
  const look = async (name: BffName): Promise<Held> => {
    const unit = fleet.replicas[name][0];
    const told = new Promise<Held>((resolve) => answers.set(unit?.name ?? '', resolve));
    unit?.signal('SIGUSR2');
    return told;
  };
  try {
    const visitors = await logInClients(fleet, usersOfEach(5));
    const load = startLoad(visitors, [], rate);
    const rude = startAbortingClients(visitors, rate / 5);
    const begun = performance.now();
    const elapsed = (): number => (performance.now() - begun) / 1_000;
    const points: SoakPoint[] = [];
    let renewed = 0;
    for (let turn = 0; turn < looks; turn += 1) {
      await trouble(fleet, turn);
      await wait((seconds / looks) * 1_000);
      // Waits for the requests in flight, so that their memory does not count as a leak.
      rude.stop();
      await load.stop();
      await calm(fleet);
      await wait(settleMs);
      const held = {} as Record<BffName, Held>;
      for (const name of bffNames) held[name] = await look(name);
      const redisKeys = Number(fleet.redis.cli('DBSIZE'));
      points.push({ seconds: elapsed(), requests: load.samples.length + rude.sent(), redisKeys, held });
      if (elapsed() - renewed > 120) {
        await renewTokens(visitors);
        renewed = elapsed();
      }
      load.resume();
      rude.resume();
    }
    rude.stop();
    await load.stop();
    const settled = points.slice(Math.floor(points.length / 3));
    const growthOf = (name: BffName): Slope =>
      slopeOf(settled.map(({ requests, held }) => [requests, held[name].heap]));
    return {
      points,
      growth: Object.fromEntries(bffNames.map((name) => [name, growthOf(name)])) as Record<BffName, Slope>,
      wrong: load.samples.flatMap(({ verdict, why }) =>
        verdict === 'wrong' || verdict === 'forbidden' ? [`${why}`] : [],
      ),
    };
  } finally {
    await fleet.close();
  }
}

async function calm(fleet: Fleet): Promise<void> {
  await Promise.all(
    serviceNames.map((name) => fetch(`${fleet.service(name).url}/__faults`, { method: 'DELETE' })),
  );
}

/**
 * Makes a service fail for a third of its calls. Each turn takes the next service and the next kind of fault.
 */
async function trouble(fleet: Fleet, turn: number): Promise<void> {
  const service = serviceNames[turn % serviceNames.length];
  const kind = troubles[turn % troubles.length];
  if (service === undefined) return;
  await fetch(`${fleet.service(service).url}/__faults`, {
    method: 'PUT',
    body: JSON.stringify({ route: '*', kind, rate: 0.3, ms: 500 }),
  });
}

/** Sends requests and disconnects after some milliseconds. */
function startAbortingClients(visitors: readonly LoadClient[], rate: number) {
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  const hangUp = (): void => {
    const visitor = visitors[sent % visitors.length];
    sent += 1;
    if (visitor === undefined) return;
    const { url, body, ...options } = visitor.read(product.composed);
    const asked = request(url, options);
    asked
      .on('error', () => undefined)
      .on('response', (answer) => answer.resume())
      .end(body);
    setTimeout(() => asked.destroy(), 1 + (sent % 20));
  };
  const resume = (): void => void (timer = setInterval(hangUp, 1_000 / rate));
  resume();
  return { sent: () => sent, stop: () => clearInterval(timer), resume };
}
