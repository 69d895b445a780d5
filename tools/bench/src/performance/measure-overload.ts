import { setPriority } from 'node:os';
import { quantile } from '../quantile.ts';
import { type BenchWorld } from './bench-world.ts';

/** What one rate of requests came to. Milliseconds, of answers that count from when they were due. */
export interface OverloadStep {
  readonly factor: number;
  /** Requests a second. */
  readonly offered: number;
  /** 200, a second. */
  readonly answered: number;
  /** 503, a second. */
  readonly shed: number;
  /** Neither, in all. */
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  readonly shedP99: number;
}

/** From the overload on until it is at its pace; a burst is served for a second. */
const settlingSeconds = 2;

/**
 * One process of web-bff at parts and multiples of what it can answer, with 2,000 users in turn. Load and services have
 * priority, so that on a small machine it is the server that is short of CPU, and not who measures it.
 */
export async function measureOverload(
  world: BenchWorld,
  seconds: number,
  env: Readonly<Record<string, string>> = {},
): Promise<OverloadStep[]> {
  const running = await world.start({ name: 'overload', server: 'web-bff', env });
  try {
    const { origins, targets, servers } = running;
    for (const { pid } of servers) setPriority(pid, 15);
    const saturated = { origins, targets, status: 200, requests: world.users * 2 } as const;
    await world.load.run(saturated);
    const { seconds: took } = await world.load.run(saturated);
    const capacity = saturated.requests / took;
    const steps: OverloadStep[] = [];
    for (const factor of [0.5, 1, 2, 3, 0.5]) {
      const perSecond = capacity * factor;
      const requests = Math.round(perSecond * (seconds + settlingSeconds));
      const { latencies, statuses } = await world.load.run({ origins, targets, status: 'any', requests, perSecond }); // prettier-ignore
      const settled = statuses
        .map((status, at) => ({ status, ms: latencies[at] ?? Number.NaN }))
        .slice(Math.round(perSecond * settlingSeconds));
      const times = (wanted: number): number[] =>
        settled.flatMap(({ status, ms }) => (status === wanted ? [ms] : [])).sort((a, b) => a - b);
      const [answers, refusals] = [times(200), times(503)];
      const percentile = (sorted: number[], share: number): number =>
        sorted.length > 0 ? quantile(sorted, share) : Number.NaN;
      steps.push({
        factor,
        offered: perSecond,
        answered: answers.length / seconds,
        shed: refusals.length / seconds,
        failed: settled.length - answers.length - refusals.length,
        p50: percentile(answers, 0.5),
        p99: percentile(answers, 0.99),
        shedP99: percentile(refusals, 0.99),
      });
    }
    return steps;
  } finally {
    await running.stop();
  }
}
