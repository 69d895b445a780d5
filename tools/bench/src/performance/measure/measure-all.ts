import { cpus, totalmem } from 'node:os';
import { startBenchWorld } from '../cases/bench-world.ts';
import { caseGroups } from '../cases/cases.ts';
import { measureGroup, type CaseFigures, type Effort } from './measure-group.ts';
import { measureLatency } from './measure-latency.ts';
import type { PerformanceReport } from '../report/performance-report.ts';
import { quartilesOf, summarise } from './summarise.ts';
import { evaluateTargets } from './targets.ts';

export interface BenchOptions extends Effort {
  /** Names of groups, and `latency`. Default: all. */
  readonly only?: readonly string[];
  /** An older bundle of web-bff, measured in every group that contains web-bff. */
  readonly before?: string;
  /** Called with progress messages. */
  readonly onProgress?: (text: string) => void;
}

/** Runs all measurements on this machine. */
export async function measureAll(options: BenchOptions): Promise<PerformanceReport> {
  const { only, before, rounds, requests, onProgress = () => undefined } = options;
  const wanted = (name: string): boolean => only === undefined || only.includes(name);
  const world = await startBenchWorld(before);
  try {
    const figures: Record<string, readonly CaseFigures[]> = {};
    const groups = caseGroups.filter(({ name }) => wanted(name));
    for (const { name, cases } of groups) {
      onProgress(`\n${name}`);
      figures[name] = await measureGroup({ cases: withBefore(cases, before) }, world, options, onProgress);
    }
    if (wanted('latency')) onProgress('\nlatency');
    const latency = wanted('latency') ? await measureLatency(world, rounds, requests) : [];
    const percentile = (name: 'p50' | 'p99', of: (typeof latency)[number]) =>
      quartilesOf(
        of.rounds.map((round) => round[name]),
        1,
      );
    const [{ model = 'unknown' } = {}] = cpus();
    return {
      machine: {
        cpu: model,
        cores: cpus().length,
        memoryGiB: Math.round(totalmem() / 2 ** 30),
        node: process.versions.node,
        redis: world.redisVersion,
      },
      effort: { rounds, requests, users: world.users },
      groups: groups.map((group) => summarise(group, figures[group.name] ?? [])),
      latency: latency.map((one) => ({
        name: one.name,
        p50: percentile('p50', one),
        p99: percentile('p99', one),
      })),
      targets: evaluateTargets(figures, latency),
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
