import { readdirSync, readFileSync } from 'node:fs';

/**
 * Returns the CPU time of a process so far in microseconds: all its threads, user and system. Linux only.
 * Reads `schedstat`, which counts nanoseconds (proc(5)), because `stat` counts ticks of 10 ms.
 */
export function cpuMicros(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]);
    } catch (error) {
      // The thread ended after it was listed. Node's own threads live as long as the process.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return nanoseconds / 1_000;
}

/** Returns the resident memory in MiB. */
export function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024);
}
