import { execFileSync } from 'node:child_process';
import { availableParallelism, setPriority } from 'node:os';

/**
 * Pins the server's event loop to a core of its own and the other processes to the remaining ones, so that
 * the load generator takes no CPU time from the server. The server's helper threads (garbage collection) run
 * on any core, as in a container. Does nothing on a machine with one core or without `taskset`.
 */
export function pinToOwnCore(server: number, others: readonly number[]): void {
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

/**
 * Raises the priority of these processes over others, such as the load, which simulates remote clients. Does
 * nothing if the system does not permit it.
 */
export function raisePriority(pids: readonly number[]): void {
  for (const pid of pids)
    try {
      setPriority(pid, -10);
    } catch {
      return;
    }
}
