import { quantile } from '../report/quantile.ts';

/**
 * One way of making a call. Its transport is simulated, so that only the CPU time of the library is measured.
 */
export interface OverheadCase {
  readonly name: string;
  call(): Promise<unknown>;
}

export interface Overhead {
  readonly name: string;
  /** CPU time of all threads per call in microseconds: minimum, median and maximum over the rounds. */
  readonly micros: readonly [least: number, median: number, most: number];
}

const rounds = 12;
const warmUpRounds = 3;
const callsPerRound = 20_000;
/** Concurrency of a screen with five sources. */
const concurrency = 5;

/**
 * Measures the cases alternately in one process, so that a slow minute of the machine affects all of them.
 */
export async function measureInTurns(cases: readonly OverheadCase[]): Promise<Overhead[]> {
  const samples = cases.map(({ name, call }) => ({ name, call, values: [] as number[] }));
  for (let round = -warmUpRounds; round < rounds; round++)
    for (const { call, values } of samples) {
      const micros = await microsPerCall(call);
      if (round >= 0) values.push(micros);
    }
  return samples.map(({ name, values }) => {
    const sorted = values.toSorted((a, b) => a - b);
    return { name, micros: [quantile(sorted, 0), quantile(sorted, 0.5), quantile(sorted, 1)] };
  });
}

async function microsPerCall(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let calls = 0; calls < callsPerRound; calls += concurrency)
    await Promise.all(Array.from({ length: concurrency }, call));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / callsPerRound;
}
