import { once } from 'node:events';
import { spawnNode } from '@bff/testbed';

export interface ServerPlan {
  readonly name: string;
  /** Arguments for the running Node. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** URL that answers with a status below 500 as soon as the process serves. */
  readonly readyUrl: string;
}

export interface ServerProcess {
  readonly pid: number;
  /** From spawn to the first answer, in milliseconds. */
  readonly readyMs: number;
  /** Sends SIGTERM, and SIGKILL when the process does not exit in time. */
  stop(): Promise<void>;
}

/**
 * Starts a server process. Its log is written and then discarded, so that logging costs as much as in
 * production.
 * @throws {Error} with the last lines of its output when it does not start
 */
export async function startServer({ name, command, env, readyUrl }: ServerPlan): Promise<ServerProcess> {
  const startedAt = performance.now();
  const child = spawnNode(command, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2_000);
  });
  const exited = once(child, 'exit');
  const failed = exited.then(() => {
    throw new Error(`${name} exited with ${child.exitCode ?? child.signalCode}:\n${lastWords}`);
  });
  await Promise.race([answering(readyUrl), failed]);
  const readyMs = Math.round(performance.now() - startedAt);
  failed.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    readyMs,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await exited;
      clearTimeout(timer);
    },
  };
}

async function answering(url: string): Promise<void> {
  const giveUp = AbortSignal.timeout(30_000);
  while (!giveUp.aborted) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer && answer.status < 500) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`no answer from ${url}`);
}
