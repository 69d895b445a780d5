import { quantile } from '../../report/quantile.ts';
import type { BenchWorld } from '../cases/bench-world.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import type { RunningCase } from '../cases/measured-case.ts';
import { onOwnCore } from './on-own-core.ts';

/** Result at one request rate. Latencies in milliseconds, counted from the scheduled start. */
export interface OverloadStep {
  readonly factor: number;
  /** Requests per second. */
  readonly offered: number;
  /** Answers with 200 per second. */
  readonly answered: number;
  /** Answers with 503 per second. */
  readonly shed: number;
  /** Number of other results. */
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  readonly shedP99: number;
}

/**
 * Seconds until admission control detects a standing queue (docs/adr/0023): it tolerates bursts of more than
 * a second.
 */
const settlingSeconds = 4;

/** Multiples of the capacity; the last one shows the recovery. */
const factors = [0.5, 1, 2, 3, 0.5];

/**
 * Loads one process of web-bff, on its own core, with fractions and multiples of its capacity, by 2,000 users
 * in rotation. The capacity is the throughput under saturation, measured again in each round: the speed of
 * machines varies.
 * @param rounds of all rates; the figures are medians over them
 */
export async function measureOverload(
  world: BenchWorld,
  {
    seconds,
    rounds,
    env,
  }: { readonly seconds: number; readonly rounds: number; readonly env: Readonly<Record<string, string>> },
): Promise<OverloadStep[]> {
  return onOwnCore(world, { name: 'overload', server: 'web-bff', env }, async (running) => {
    const { origins, targets } = running;
    const saturated = { origins, targets, status: 200, requests: world.users * 2 } as const;
    await world.load.run(saturated);
    const measured: OverloadStep[][] = [];
    for (let round = 0; round < rounds; round++) {
      const { seconds: took } = await world.load.run(saturated);
      const flood = { factor: 2, capacity: saturated.requests / took, seconds };
      const { answered: capacity } = await measureStep(world.load, running, flood);
      const steps: OverloadStep[] = [];
      for (const factor of factors)
        steps.push(await measureStep(world.load, running, { factor, capacity, seconds }));
      measured.push(steps);
    }
    return factors.map((factor, at) =>
      median(
        factor,
        measured.map((steps) => steps[at] as OverloadStep),
      ),
    );
  });
}

async function measureStep(
  load: LoadGenerator,
  { origins, targets }: RunningCase,
  {
    factor,
    capacity,
    seconds,
  }: { readonly factor: number; readonly capacity: number; readonly seconds: number },
): Promise<OverloadStep> {
  const perSecond = capacity * factor;
  const requests = Math.round(perSecond * (seconds + settlingSeconds));
  const { latencies, statuses } = await load.run({ origins, targets, status: 'any', requests, perSecond });
  const settled = statuses
    .map((status, at) => ({ status, ms: latencies[at] ?? Number.NaN }))
    .slice(Math.round(perSecond * settlingSeconds));
  const times = (wanted: number): number[] =>
    settled.flatMap(({ status, ms }) => (status === wanted ? [ms] : [])).sort((a, b) => a - b);
  const [answers, refusals] = [times(200), times(503)];
  return {
    factor,
    offered: perSecond,
    answered: answers.length / seconds,
    shed: refusals.length / seconds,
    failed: settled.length - answers.length - refusals.length,
    p50: percentile(answers, 0.5),
    p99: percentile(answers, 0.99),
    shedP99: percentile(refusals, 0.99),
  };
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted.length > 0 ? quantile(sorted, share) : Number.NaN;

/** Returns the median of each figure; `failed` is the sum, so that a failure in any round counts. */
function median(factor: number, steps: readonly OverloadStep[]): OverloadStep {
  const of = (figure: keyof OverloadStep): number =>
    percentile(
      steps
        .map((each) => each[figure])
        .filter(Number.isFinite)
        .sort((a, b) => a - b),
      0.5,
    );
  return {
    factor,
    offered: of('offered'),
    answered: of('answered'),
    shed: of('shed'),
    failed: steps.reduce((sum, { failed }) => sum + failed, 0),
    p50: of('p50'),
    p99: of('p99'),
    shedP99: of('shedP99'),
  };
}
