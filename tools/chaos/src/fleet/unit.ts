import { startProcess, type ProcessPlan, type RunningProcess } from '@bff/demo-world';

/** A process that can be stopped and restarted at the same address. */
export interface Unit {
  readonly name: string;
  readonly url: string;
  readonly readyUrl: string;
  readonly pid: number | undefined;
  /**
   * Starts the process; resolves when it serves. @param changes to its settings, kept for later starts;
   * undefined removes one
   */
  start(changes?: Readonly<Record<string, string | undefined>>): Promise<void>;
  /**
   * Sends SIGTERM and waits for the exit. Resolves to the exit code; null when a signal ended the process.
   */
  stop(): Promise<number | null>;
  /** Sends SIGKILL and waits for the exit. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

export function createUnit(plan: ProcessPlan, url: string, onLine: (line: string) => void): Unit {
  let running: RunningProcess | undefined;
  let { env } = plan;
  return {
    name: plan.name,
    url,
    readyUrl: plan.readyUrl,
    get pid() {
      return running?.child.pid;
    },
    async start(changes = {}) {
      const settings = Object.entries({ ...env, ...changes }).filter(([, value]) => value !== undefined);
      env = Object.fromEntries(settings) as typeof env;
      running = startProcess({ ...plan, env }, onLine);
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
