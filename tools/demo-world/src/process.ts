import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { spawnNode } from '@bff/testbed';

/** One process of the demo world. */
export interface ProcessPlan {
  readonly name: string;
  /** Path of the program, and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: Readonly<Record<string, string>>;
  /** URL that answers with a status below 500 as soon as the process serves. */
  readonly readyUrl: string;
}

export interface RunningProcess {
  readonly name: string;
  readonly child: ChildProcess;
  /** Resolves when the process serves; rejects with its last output when it exits before that. */
  readonly ready: Promise<void>;
  /** Sends SIGTERM, and SIGKILL when the process has not exited after the grace period. */
  stop(graceMs?: number): Promise<void>;
}

/** Starts a process, which exits with this one. Its output is passed to `onLine` line by line. */
export function startProcess(
  plan: ProcessPlan,
  onLine: (line: string) => void = () => undefined,
): RunningProcess {
  const child = spawnNode(plan.command, {
    env: { ...process.env, ...plan.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr] as Readable[]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        onLine(line);
        if (lastLines.push(line) > 20) lastLines.shift();
      }
    });
  }
  const exited = once(child, 'exit');
  const ended = async (): Promise<never> => {
    await exited;
    throw new Error(
      `${plan.name} ended with ${child.exitCode ?? child.signalCode}:\n${lastLines.join('\n')}`,
    );
  };
  return {
    name: plan.name,
    child,
    ready: Promise.race([answering(plan.readyUrl, child), ended()]),
    async stop(graceMs = 15_000) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    try {
      const { status } = await fetch(url, { signal: AbortSignal.timeout(1_000) });
      if (status < 500) return;
    } catch {
      // The process is not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
