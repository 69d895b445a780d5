import { setTimeout as delay } from 'node:timers/promises';
import { spawnCommand } from '@bff/testbed';
import { quantile } from '../../report/quantile.ts';
import type { BenchWorld } from '../cases/bench-world.ts';
import type { RunningCase } from '../cases/measured-case.ts';
import type { ServerName } from '../servers/server-plans.ts';
import { capacityOf } from './capacity.ts';
import { onOwnCore } from './on-own-core.ts';

/** Result of one load. Latencies are in milliseconds, counted from the scheduled start. */
export interface TransientFigures {
  readonly name: string;
  /** Requests per second. */
  readonly perSecond: number;
  readonly requests: number;
  /** Number of answers with 503. */
  readonly refused: number;
  /** Number of other results than 200 and 503. */
  readonly failed: number;
  /** p99 of each second. */
  readonly p99: readonly number[];
}

const loadSeconds = 10;
/** When the other process begins to use the core of the server, and for how long, in milliseconds. */
const neighbour = { afterMs: 3_000, forMs: 2_000 };
/** Loads from readiness on, in percent of the capacity. */
export const coldPercents = [25, 50, 75, 95];
export const coldRow = (server: ServerName, percent: number): string => `${server}, ${percent} %`;
export const neighbourRow = (server: ServerName): string => coldRow(server, 50);

/**
 * Loads web-bff at shares of its capacity from the moment of readiness, as after a deployment, and Fastify
 * with the usual features at the rate of the half, for comparison.
 */
export async function measureColdStart(world: BenchWorld, warmUp: number): Promise<TransientFigures[]> {
  const capacity = await capacityOfBff(world, warmUp);
  const loads = coldPercents.map((percent) => ({ server: 'web-bff' as ServerName, percent }));
  const figures: TransientFigures[] = [];
  for (const { server, percent } of [...loads, { server: 'fastify-usual' as const, percent: 50 }])
    figures.push(
      await onOwnCore(world, { name: server, server }, (running) =>
        load(world, running, coldRow(server, percent), (capacity * percent) / 100),
      ),
    );
  return figures;
}

/** Loads warm servers at half of the capacity of web-bff, while another process uses the same core for two seconds. */
export async function measureNeighbour(world: BenchWorld, warmUp: number): Promise<TransientFigures[]> {
  const capacity = await capacityOfBff(world, warmUp);
  const figures: TransientFigures[] = [];
  for (const server of ['web-bff', 'fastify-usual'] as const)
    figures.push(
      await onOwnCore(world, { name: server, server }, async (running) => {
        const { origins, targets } = running;
        await world.load.run({ origins, targets, status: 200, requests: warmUp });
        const loaded = load(world, running, neighbourRow(server), capacity / 2);
        const [result] = await Promise.all([loaded, keepCoreBusy()]);
        return result;
      }),
    );
  return figures;
}

async function keepCoreBusy(): Promise<void> {
  await delay(neighbour.afterMs);
  const busy = spawnCommand('taskset', ['--cpu-list', '0', process.execPath, '--eval', 'for (;;);'], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  await delay(neighbour.forMs);
  busy.kill('SIGKILL');
}

const capacityOfBff = (world: BenchWorld, warmUp: number): Promise<number> =>
  onOwnCore(world, { name: 'capacity', server: 'web-bff' }, (running) => capacityOf(world, running, warmUp));

async function load(
  world: BenchWorld,
  { origins, targets }: RunningCase,
  name: string,
  perSecond: number,
): Promise<TransientFigures> {
  const requests = Math.round(perSecond * loadSeconds);
  const { latencies, statuses } = await world.load.run({
    origins,
    targets,
    status: 'any',
    requests,
    perSecond,
  });
  const refused = statuses.filter((status) => status === 503).length;
  const right = statuses.filter((status) => status === 200).length;
  const p99 = Array.from({ length: loadSeconds }, (_, second) => {
    const of = latencies.slice(Math.round(second * perSecond), Math.round((second + 1) * perSecond));
    return quantile(
      of.toSorted((a, b) => a - b),
      0.99,
    );
  });
  return { name, perSecond, requests, refused, failed: requests - refused - right, p99 };
}
