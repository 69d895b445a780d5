import { setTimeout as delay } from 'node:timers/promises';
import { spawnCommand } from '@bff/testbed';
import { quantile } from '../../report/quantile.ts';
import type { BenchWorld } from '../cases/bench-world.ts';
import type { MeasuredCase, RunningCase } from '../cases/measured-case.ts';
import { onOwnCore } from './on-own-core.ts';

/** Result of one load of {@link loadSeconds}. Latencies are in milliseconds, counted from the scheduled start. */
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
const coldShares = [0.25, 0.5, 0.75, 0.95];

/**
 * Loads web-bff in the moments in which it is slow: at shares of its capacity from the moment of readiness, as
 * after a deployment; and at half of its capacity, while another process uses the same core for two seconds.
 * Fastify with the usual features is loaded with the same rates for comparison.
 */
export async function measureTransients(world: BenchWorld): Promise<TransientFigures[]> {
  const capacity = await capacityOf(world);
  const figures: TransientFigures[] = [];
  const cold = async (server: MeasuredCase['server'], share: number): Promise<void> => {
    const name = `${server}, ${share * 100} % from readiness`;
    figures.push(
      await onOwnCore(world, { name: server, server }, (running) =>
        load(world, running, name, capacity * share),
      ),
    );
  };
  for (const share of coldShares) await cold('web-bff', share);
  await cold('fastify-usual', 0.5);
  for (const server of ['web-bff', 'fastify-usual'] as const)
    figures.push(
      await onOwnCore(world, { name: server, server }, async (running) => {
        await warm(world, running);
        const loaded = load(world, running, `${server}, 50 % with a busy neighbour`, capacity / 2);
        await delay(neighbour.afterMs);
        const busy = spawnCommand('taskset', ['--cpu-list', '0', process.execPath, '--eval', 'for (;;);'], {
          stdio: ['ignore', 'ignore', 'ignore'],
        });
        await delay(neighbour.forMs);
        busy.kill('SIGKILL');
        return loaded;
      }),
    );
  return figures;
}

/** Returns the throughput of a warm web-bff under saturation, in requests per second. */
const capacityOf = (world: BenchWorld): Promise<number> =>
  onOwnCore(world, { name: 'capacity', server: 'web-bff' }, async (running) => {
    await warm(world, running);
    return warm(world, running);
  });

async function warm(
  { load: generator, users }: BenchWorld,
  { origins, targets }: RunningCase,
): Promise<number> {
  const requests = users * 2;
  const { seconds } = await generator.run({ origins, targets, status: 200, requests });
  return requests / seconds;
}

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
