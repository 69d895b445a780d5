import type { LoadGenerator } from '../load/load-generator.ts';
import type { RunningCase } from '../cases/measured-case.ts';
import { cpuMicros, residentMiB } from './process-cost.ts';

/** One round of one case. */
export interface RoundFigures {
  /** CPU time of the server per request, summed over replicas, in microseconds. */
  readonly cpuMicros: number;
  /** CPU time of Redis per request, in microseconds. */
  readonly redisMicros: number;
  /** Requests per second of wall-clock time; load and upstream share the cores. */
  readonly perSecond: number;
  readonly residentMiB: number;
}

/**
 * Saturates the servers of a case and measures the CPU time used meanwhile. @param usual number of requests in
 * a round before `share` is applied
 */
export async function measureCost(
  { of, origins, servers, targets }: RunningCase,
  load: LoadGenerator,
  redisPid: number,
  usual: number,
): Promise<RoundFigures> {
  const requests = Math.ceil(usual * (of.share ?? 1));
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
