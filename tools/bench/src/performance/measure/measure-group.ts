import type { BenchWorld } from '../cases/bench-world.ts';
import type { CaseGroup } from '../cases/cases.ts';
import { measureCost, type RoundFigures } from './measure-cost.ts';
import type { RunningCase } from '../cases/measured-case.ts';

export interface CaseFigures {
  readonly name: string;
  readonly server: string;
  /** Time from spawn to the first answer, in milliseconds; of replicas the longest. */
  readonly readyMs: number;
  readonly rounds: readonly RoundFigures[];
}

export interface Effort {
  readonly rounds: number;
  /** Number of requests per case and round. */
  readonly requests: number;
  /** Number of requests per case that compile the code and open the connections before a measurement. */
  readonly warmUp: number;
}

/** Starts all cases of a group, each in its own processes, measures them alternately, and stops them. */
export async function measureGroup(
  { cases }: Pick<CaseGroup, 'cases'>,
  world: BenchWorld,
  { rounds, requests, warmUp }: Effort,
  onProgress: (text: string) => void = () => undefined,
): Promise<CaseFigures[]> {
  const running: RunningCase[] = [];
  try {
    for (const one of cases) running.push(await world.start(one));
    for (const one of running) await measureCost(one, world.load, world.redisPid, warmUp);
    const figures = running.map(() => [] as RoundFigures[]);
    for (let round = 0; round < rounds; round++)
      for (const [index, one] of running.entries()) {
        const cost = await measureCost(one, world.load, world.redisPid, requests);
        figures[index]?.push(cost);
        onProgress(`${one.of.name.padEnd(24)} ${cost.cpuMicros.toFixed(0).padStart(6)} us`);
      }
    return running.map(({ of: { name, server }, servers }, index) => ({
      name,
      server,
      readyMs: Math.max(...servers.map(({ readyMs }) => readyMs)),
      rounds: figures[index] ?? [],
    }));
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
}
