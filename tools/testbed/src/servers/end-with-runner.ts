import { readFileSync } from 'node:fs';

const intervalMs = 250;
let isWatched = false;

/**
 * Ends this process when the npm or nx that started it has ended, because npm ends its shell on SIGTERM, but
 * not the program in the shell. Does nothing if neither started this process: a program may outlive its
 * terminal.
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

/** Returns the npm that waits for the shell; undefined where the system does not provide it. */
function runnerOf(shell: number): string | undefined {
  try {
    const parent = statOf(shell)[1];
    return parent !== undefined && statOf(parent)[0]?.startsWith('npm') ? parent : undefined;
  } catch {
    return undefined;
  }
}

/** Returns name and parent of a process, on Linux. */
function statOf(pid: number | string): readonly (string | undefined)[] {
  const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  return [name, parent];
}
