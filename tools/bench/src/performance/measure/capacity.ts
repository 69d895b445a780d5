import type { BenchWorld } from '../cases/bench-world.ts';
import type { RunningCase } from '../cases/measured-case.ts';

/** Returns the requests per second of a warm server under saturation; warms it up first. */
export async function capacityOf(
  { load, users }: Pick<BenchWorld, 'load' | 'users'>,
  { origins, targets }: Pick<RunningCase, 'origins' | 'targets'>,
): Promise<number> {
  const job = { origins, targets, status: 200, requests: users * 2 } as const;
  await load.run(job);
  const { seconds } = await load.run(job);
  return job.requests / seconds;
}
