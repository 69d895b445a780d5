import { readFileSync } from 'node:fs';

const intervalMs = 250;
let isWatched = false;

/**
 * Ends this process when npm or nx, which started it, has ended: on SIGTERM npm ends the shell that it started, and not the
 * program in it. Without npm or nx nothing is watched, because a program may outlive the terminal that it was started from.
 */
export function endWithRunner(): void {
  const { npm_lifecycle_event: npm, NX_TASK_TARGET_TARGET: nx } = process.env;
  if (isWatched || (npm === undefined && nx === undefined)) return;
  isWatched = true;
  const shell = process.ppid;
  const runner = runnerOf(shell);
  setInterval(() => {
    if (process.ppid !== shell || runnerOf(shell) !== runner) process.kill(process.pid, 'SIGTERM');
  }, intervalMs).unref();
}

/** The npm that waits for the shell; undefined where the system does not tell. */
function runnerOf(shell: number): string | undefined {
  try {
    const parent = statOf(shell)[1];
    return parent !== undefined && statOf(parent)[0]?.startsWith('npm') ? parent : undefined;
  } catch {
    return undefined;
  }
}

/** Name and parent of a process, on Linux. */
function statOf(pid: number | string): readonly (string | undefined)[] {
  const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  return [name, parent];
}
