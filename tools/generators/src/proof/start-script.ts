import { spawn, type ChildProcess } from 'node:child_process';
import { endWithRunner } from '@bff/testbed';

const env = {
  ...process.env,
  GIT_AUTHOR_NAME: 'reader',
  GIT_AUTHOR_EMAIL: 'reader@example.com',
  GIT_COMMITTER_NAME: 'reader',
  GIT_COMMITTER_EMAIL: 'reader@example.com',
};

/**
 * Ends the group when this process has ended, even by SIGKILL: then the other end of descriptor 3 is closed. Not with SIGTERM,
 * which npm passes on to what it runs, and outlives.
 */
const watch = '{ read -r || kill -KILL 0; } <&3 >/dev/null 2>&1 3<&- & exec 3<&-';

const running = new Set<ChildProcess>();
let isWatching = false;
let isInterrupted = false;

/** Starts a script of bash in a process group of its own, which ends with this process. @throws {Error} after a signal to this process */
export function startScript(script: string, cwd: string): ChildProcess {
  if (isInterrupted) throw new Error('interrupted');
  endOnSignals();
  const child = spawn('bash', ['-euo', 'pipefail', '-c', `${watch}\n${script}`], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // As in a terminal of its own: Ctrl-C reaches all that runs in it.
    detached: true,
  });
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    killGroup(child);
    child.stdio[3]?.destroy();
  });
  return child;
}

/** A signal ends the scripts, so that their caller learns it and removes what it made. */
function endOnSignals(): void {
  if (isWatching) return;
  isWatching = true;
  endWithRunner();
  // A second one changes nothing: the runner's end is reported until this process has ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endScripts);
}

function endScripts(): void {
  isInterrupted = true;
  running.forEach(killGroup);
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
