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
 * Beginning of each script: kills its process group when this process has exited, even by SIGKILL, which
 * closes the other end of descriptor 3. Kills by SIGKILL, because npm survives SIGTERM after forwarding it to
 * its children.
 */
const watch = '{ read -r || kill -KILL 0; } <&3 >/dev/null 2>&1 3<&- & exec 3<&-';

const running = new Set<ChildProcess>();
let isWatching = false;
let isInterrupted = false;

/**
 * Starts a bash script in its own process group, which ends with this process. @throws {Error} after a signal
 * to this process
 */
export function startScript(script: string, cwd: string): ChildProcess {
  if (isInterrupted) throw new Error('interrupted');
  endOnSignals();
  const child = spawn('bash', ['-euo', 'pipefail', '-c', `${watch}\n${script}`], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // Its own process group, as in a terminal: Ctrl-C reaches all its processes.
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

/** Ends the scripts on a signal, so that their caller is notified and cleans up. */
function endOnSignals(): void {
  if (isWatching) return;
  isWatching = true;
  endWithRunner();
  // Listens with `on`, not `once`, because `endWithRunner` repeats its signal until this process has exited.
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
    // The group has already exited.
  }
}
