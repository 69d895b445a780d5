import type { BenchWorld } from '../cases/bench-world.ts';
import type { MeasuredCase, RunningCase } from '../cases/measured-case.ts';
import { pinToOwnCore, raisePriority } from '../servers/own-core.ts';

/**
 * Starts a case whose servers have a core of their own and whose upstream and Redis have priority, runs the
 * work, and stops the case.
 */
export async function onOwnCore<Result>(
  world: BenchWorld,
  measured: MeasuredCase,
  work: (running: RunningCase) => Promise<Result>,
): Promise<Result> {
  const running = await world.start(measured);
  try {
    const others = [running.upstream.pid, world.load.pid, world.redisPid];
    for (const { pid } of running.servers) pinToOwnCore(pid, others);
    raisePriority([running.upstream.pid, world.redisPid]);
    return await work(running);
  } finally {
    await running.stop();
  }
}
