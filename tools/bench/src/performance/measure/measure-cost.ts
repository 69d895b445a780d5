import type { LoadGenerator } from '../load/load-generator.ts';
import type { RunningCase } from '../cases/measured-case.ts';
import { cpuMicros, residentMiB } from './process-cost.ts';

/** One round of one case. */
export interface RoundFigures {
  /** CPU time of the server per request, all replicas together, microseconds. */
  readonly cpuMicros: number;
  /** The same of Redis. */
  readonly redisMicros: number;
  /** Requests per second of wall clock, load and upstream on the same cores. */
  readonly perSecond: number;
  readonly residentMiB: number;
}

/** Saturates the servers of a case, and counts what they used meanwhile. */
export async function measureCost(
  { of, origins, servers, targets }: RunningCase,
  load: LoadGenerator,
  redisPid: number,
  requests: number,
): Promise<RoundFigures> {
  const used = () => servers.reduce((sum, { pid }) => sum + cpuMicros(pid), 0);
  const before = { servers: used(), redis: cpuMicros(redisPid) };
  const { seconds } = await load.run({ origins, targets, status: of.status ?? 200, requests });
  return {
    cpuMicros: (used() - before.servers) / requests,
    redisMicros: (cpuMicros(redisPid) - before.redis) / requests,
    perSecond: requests / seconds,
    residentMiB: Math.max(...servers.map(({ pid }) => residentMiB(pid))),
  };
}
