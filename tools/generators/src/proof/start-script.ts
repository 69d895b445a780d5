import { spawn, type ChildProcess } from 'node:child_process';
import { endWithRunner } from '@bff/testbed';

const env = {
  ...process.env,
  GIT_AUTHOR_NAME: 'reader',
  GIT_AUTHOR_EMAIL: 'reader@example.com',
  GIT_COMMITTER_NAME: 'reader',
  GIT_COMMITTER_EMAIL: 'reader@example.com',
};

/** Ends the group when the other end of descriptor 3 is closed: when bash has ended, or this process, even by SIGKILL. */
const watch = '{ read -r || kill -TERM 0; } <&3 >/dev/null 2>&1 3<&- & exec 3<&-';

const graceMs = 15_000;
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
    child.stdio[3]?.destroy();
  });
  return child;
}

/** The first signal ends the scripts, so that their caller learns it and removes what it made; the second one ends this process. */
function endOnSignals(): void {
  if (isWatching) return;
  isWatching = true;
  endWithRunner();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, endScripts);
}

function endScripts(): void {
  isInterrupted = true;
  const send = (signal: NodeJS.Signals): void => running.forEach(({ pid = 0 }) => process.kill(-pid, signal));
  send('SIGTERM');
  setTimeout(() => send('SIGKILL'), graceMs).unref();
}
