import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { LoadFigures, LoadJob } from './load-job.ts';

export interface LoadGenerator {
  readonly pid: number;
  /** Runs a job; jobs must not overlap. @throws {Error} when an answer is not as expected */
  run(job: LoadJob): Promise<LoadFigures>;
  stop(): void;
}

/**
 * Short garbage collections on one thread. The load has a core for itself and the services, where the threads
 * of a parallel collection wait for each other: they delayed requests by 30 to 60 ms every second, and answers
 * that had arrived by up to 200 ms.
 */
const gcFlags = ['--single-threaded-gc', '--max-semi-space-size=2'];

/** Starts the process that generates the load, so that its work is not charged to the server. */
export function startLoadGenerator(): LoadGenerator {
  const child = fork(resolve(import.meta.dirname, 'load-process.ts'), [], { execArgv: gcFlags });
  return {
    pid: child.pid ?? 0,
    async run(job) {
      const answered = once(child, 'message') as Promise<[{ figures?: LoadFigures; fault?: string }]>;
      child.send(job);
      const [{ figures, fault }] = await answered;
      if (!figures) throw new Error(fault);
      return figures;
    },
    stop: () => void child.kill(),
  };
}
