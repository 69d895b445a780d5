import { cpus, totalmem } from 'node:os';
import { startBenchWorld } from '../cases/bench-world.ts';
import { caseGroups } from '../cases/cases.ts';
import type { PerformanceReport } from '../report/performance-report.ts';
import { measureGroup, type CaseFigures, type Effort } from './measure-group.ts';
import { measureLatency } from './measure-latency.ts';
import { measureOverload } from './measure-overload.ts';
import { measureColdStart, measureNeighbour } from './measure-transients.ts';
import { summarise, summariseLatency, type Generations } from './summarise.ts';
import { summariseOverload, summariseTransients } from './summarise-transients.ts';
import { evaluateTargets } from './targets.ts';

export interface BenchOptions extends Effort {
  /** Number of generations of processes that measure each group; `rounds` is the total over them. */
  readonly processes: number;
  /** Names of groups, and of `latency`, `cold-start`, `neighbour` and `overload`. Default: all. */
  readonly only?: readonly string[];
  /** An older bundle of web-bff, measured in every group that contains web-bff. */
  readonly before?: string;
  /** Called with progress messages. */
  readonly onProgress?: (text: string) => void;
}

/** Names of the measurements besides the groups of cases. */
const otherNames = ['latency', 'cold-start', 'neighbour', 'overload'];

/** Runs all measurements on this machine. @throws {TypeError} for an unknown group */
export async function measureAll(options: BenchOptions): Promise<PerformanceReport> {
  const { only, before, processes, rounds, requests, warmUp, onProgress = () => undefined } = options;
  const names = [...caseGroups.map(({ name }) => name), ...otherNames];
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new TypeError(`there is no group ${unknown.join(', ')}; the groups are ${names.join(', ')}`);
  const world = await startBenchWorld(before);
  /** Repeats a measurement that starts its own processes; `share` is the number of rounds of one generation. */
  async function repeat<Figures>(
    name: string,
    measure: (share: number) => Promise<readonly Figures[]>,
  ): Promise<Generations<Figures>> {
    const generations: (readonly Figures[])[] = [];
    if (only && !only.includes(name)) return generations;
    for (let at = 0; at < processes; at++) {
      onProgress(`\n${name}, processes ${at + 1} of ${processes}`);
      generations.push(await measure(Math.max(1, Math.floor((rounds + processes - 1 - at) / processes))));
    }
    return generations;
  }
  try {
    // First, because only these can exhaust the connections of the load, which fails the run.
    const coldStart = await repeat('cold-start', () => measureColdStart(world, warmUp));
    const neighbour = await repeat('neighbour', () => measureNeighbour(world, warmUp));
    const overload = await repeat('overload', () => measureOverload(world, warmUp));
    const groups: Record<string, Generations<CaseFigures>> = {};
    for (const { name, cases } of caseGroups)
      groups[name] = await repeat(name, (share) =>
        measureGroup({ cases: withBefore(cases, before) }, world, { ...options, rounds: share }, onProgress),
      );
    const latency = await repeat('latency', (share) => measureLatency(world, share, requests));
    const [{ model = 'unknown' } = {}] = cpus();
    return {
      machine: {
        cpu: model,
        cores: cpus().length,
        memoryGiB: Math.round(totalmem() / 2 ** 30),
        node: process.versions.node,
        redis: world.redisVersion,
      },
      effort: { processes, rounds: Math.max(rounds, processes), requests, warmUp, users: world.users },
      groups: caseGroups
        .map((group) => summarise(group, groups[group.name] ?? []))
        .filter(({ cases }) => cases.length > 0),
      latency: summariseLatency(latency),
      coldStart: summariseTransients(coldStart),
      neighbour: summariseTransients(neighbour),
      overload: summariseOverload(overload),
      targets: evaluateTargets({ groups, latency, coldStart, neighbour, overload }),
    };
  } finally {
    await world.close();
  }
}

const withBefore = (cases: (typeof caseGroups)[number]['cases'], before?: string) =>
  before === undefined
    ? cases
    : cases.flatMap((one) =>
        one.server === 'web-bff'
          ? [one, { ...one, name: `${one.name} before`, server: 'before' as const }]
          : [one],
      );
