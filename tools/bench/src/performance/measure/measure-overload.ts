import { quantile } from '../../report/quantile.ts';
import type { BenchWorld } from '../cases/bench-world.ts';
import type { RunningCase } from '../cases/measured-case.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import type { Target } from '../load/load-job.ts';
import { capacityOf } from './capacity.ts';
import { onOwnCore } from './on-own-core.ts';

/** Result at one request rate. Latencies in milliseconds, counted from the scheduled start. */
export interface OverloadStep {
  readonly name: string;
  /** Requests per second that the process can answer. */
  readonly capacity: number;
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
  /** Number of requests of the quiet tenant that were not answered with 200. */
  readonly quietRefused: number;
  readonly quietP99: number;
  /** How late the load itself sent its requests. Included in all latencies. */
  readonly sentLateP99: number;
}

/**
 * Seconds until admission control detects a standing queue (docs/adr/0023): it tolerates bursts of a few
 * seconds. The figures exclude them, except those of the quiet tenant, which has no queue.
 */
const settlingSeconds = 5;
const measuredSeconds = 10;

/** Multiples of the capacity. */
const factors = [0.5, 1, 2, 3];
export const overloadRow = (factor: number): string => `${factor} x capacity`;

/**
 * The load opens the connections for the requests of this time before it begins. Connections opened during an
 * overload would overflow the accept queue of the server, and TCP would retry them only seconds later.
 */
const heldSeconds = 2;

/** One request of this number is from the quiet tenant: a tenth of the capacity at three times capacity. */
const quietEvery = 30;

/**
 * Loads one process of web-bff, on its own core, with fractions and multiples of its capacity. A loud tenant
 * sends all requests except those of a quiet one.
 */
export function measureOverload(world: BenchWorld, warmUp: number): Promise<OverloadStep[]> {
  return onOwnCore(world, { name: 'overload', server: 'web-bff' }, async ({ origins, targets: all }) => {
    const running = { origins, targets: withQuietTenant(all) };
    const step = (name: string, factor: number, capacity: number) =>
      measureStep(world.load, running, { name, factor, capacity });
    const saturated = await capacityOf(world, running, warmUp);
    // More concurrent requests than under saturation may cost less each.
    const { answered } = await step('capacity', 2, saturated);
    const capacity = Math.max(saturated, answered);
    const steps: OverloadStep[] = [];
    for (const factor of factors) steps.push(await step(overloadRow(factor), factor, capacity));
    return [...steps, await step(`${overloadRow(0.5)}, afterwards`, 0.5, capacity)];
  });
}

/** Users alternate between two tenants. */
function withQuietTenant(targets: readonly Target[]): Target[] {
  const [loud, quiet] = [0, 1].map((tenant) => targets.filter((_, at) => at % 2 === tenant)) as [
    Target[],
    Target[],
  ];
  const blocks = Math.floor(loud.length / (quietEvery - 1));
  return quiet
    .slice(0, blocks)
    .flatMap((one, at) => [one, ...loud.slice(at * (quietEvery - 1), (at + 1) * (quietEvery - 1))]);
}

async function measureStep(
  load: LoadGenerator,
  { origins, targets }: Pick<RunningCase, 'origins' | 'targets'>,
  { name, factor, capacity }: { readonly name: string; readonly factor: number; readonly capacity: number },
): Promise<OverloadStep> {
  const perSecond = capacity * factor;
  const requests = Math.round(perSecond * (settlingSeconds + measuredSeconds));
  const { latencies, sentLate, statuses } = await load.run({
    origins,
    targets,
    status: 'any',
    requests,
    perSecond,
    openedBefore: Math.round(perSecond * heldSeconds),
  });
  const results = statuses.map((status, at) => ({ status, ms: latencies[at] ?? Number.NaN }));
  const settlingRequests = Math.round(perSecond * settlingSeconds);
  const settled = results.slice(settlingRequests);
  const ofQuiet = results.filter((_, at) => at % quietEvery === 0);
  const [answers, refusals, quiet] = [
    timesOf(settled, 200),
    timesOf(settled, 503),
    timesOf(ofQuiet, 200),
  ] as const;
  return {
    name,
    capacity,
    offered: perSecond,
    answered: answers.length / measuredSeconds,
    shed: refusals.length / measuredSeconds,
    failed: results.filter(({ status }) => status !== 200 && status !== 503).length,
    p50: percentile(answers, 0.5),
    p99: percentile(answers, 0.99),
    shedP99: percentile(refusals, 0.99),
    quietRefused: ofQuiet.length - quiet.length,
    quietP99: percentile(quiet, 0.99),
    sentLateP99: percentile(sentLate.slice(settlingRequests), 0.99),
  };
}

const timesOf = (
  results: readonly { readonly status: number; readonly ms: number }[],
  wanted: number,
): number[] => results.flatMap(({ status, ms }) => (status === wanted ? [ms] : []));

const percentile = (values: readonly number[], share: number): number =>
  values.length > 0
    ? quantile(
        values.toSorted((a, b) => a - b),
        share,
      )
    : Number.NaN;
