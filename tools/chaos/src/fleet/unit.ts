import { startProcess, type ProcessPlan, type RunningProcess } from '@bff/demo-world';

/** A process that can be taken away and brought back under the same address. */
export interface Unit {
  readonly name: string;
  readonly url: string;
  readonly readyUrl: string;
  readonly pid: number | undefined;
  /** Resolves when it serves. */
  start(): Promise<void>;
  /** SIGTERM, and waits for the end; resolves to the exit code, null when a signal ended it. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

export function createUnit(plan: ProcessPlan, url: string, onLine: (line: string) => void): Unit {
  let running: RunningProcess | undefined;
  return {
    name: plan.name,
    url,
    readyUrl: plan.readyUrl,
    get pid() {
      return running?.child.pid;
    },
    async start() {
      running = startProcess(plan, onLine);
      await running.ready;
    },
    async stop() {
      await running?.stop();
      return running?.child.exitCode ?? null;
    },
    async kill() {
      await running?.stop(0);
    },
    signal: (name) => void running?.child.kill(name),
  };
}
