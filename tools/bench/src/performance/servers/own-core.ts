import { execFileSync } from 'node:child_process';
import { availableParallelism, setPriority } from 'node:os';

/**
 * Gives the server's event loop a core of its own, and the rest of them to the others: what makes the load then takes nothing
 * from what is loaded. Its helper threads, which collect garbage, run on any, as those of a container do. On a machine of one
 * core, or without `taskset`, everything stays as it is.
 */
export function giveOwnCore(server: number, others: readonly number[]): void {
  const last = availableParallelism() - 1;
  if (last < 1) return;
  const pin = (cores: string, pid: number, threads: readonly string[] = []): unknown =>
    execFileSync('taskset', [...threads, '--cpu-list', '--pid', cores, String(pid)], { stdio: 'ignore' });
  try {
    pin('0', server);
    for (const pid of others) pin(`1-${last}`, pid, ['--all-tasks']);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Gives these the processor before others who wait for it, such as the load that stands for clients elsewhere. Without the right to do so, everything stays as it is. */
export function favour(pids: readonly number[]): void {
  for (const pid of pids)
    try {
      setPriority(pid, -10);
    } catch {
      return;
    }
}
