import { startProcess, type ProcessPlan, type RunningProcess } from '@bff/demo-world';

/** A process that can be taken away and brought back under the same address. */
export interface Unit {
  readonly name: string;
  readonly url: string;
  readonly readyUrl: string;
  readonly pid: number | undefined;
  /** Resolves when it serves. @param changes to its settings, from now on; undefined takes one away */
  start(changes?: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** SIGTERM, and waits for the end; resolves to the exit code, null when a signal ended it. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits for the end. */
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
