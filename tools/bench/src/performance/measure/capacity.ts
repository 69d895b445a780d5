import type { BenchWorld } from '../cases/bench-world.ts';
import type { RunningCase } from '../cases/measured-case.ts';

/** Returns the requests per second under saturation, after `warmUp` requests that are not measured. */
export async function capacityOf(
  { load, users }: Pick<BenchWorld, 'load' | 'users'>,
  { origins, targets }: Pick<RunningCase, 'origins' | 'targets'>,
  warmUp: number,
): Promise<number> {
  const job = { origins, targets, status: 200, requests: users * 2 } as const;
  await load.run({ ...job, requests: warmUp });
  const { seconds } = await load.run(job);
  return job.requests / seconds;
}
