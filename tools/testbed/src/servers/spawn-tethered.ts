import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { onPath } from '../ensure-command.ts';
import { endWithRunner } from './end-with-runner.ts';

/**
 * Runs before the program: ends it when the channel to the parent closes. Unreferences the channel,
 * because it would keep a finished program alive. Not a file: stripping its types would add to each measured
 * start.
 */
const endWithParent = `data:text/javascript,${encodeURIComponent(
  "process.once('disconnect', () => process.kill(process.pid, 'SIGTERM')); process.channel?.unref();",
)}`;

type Streams = Pick<SpawnOptions, 'env'> & { readonly stdio: readonly ('ignore' | 'pipe')[] };

/**
 * Starts a program with the running Node. The program exits when this process ends, also by a signal to npm,
 * and by SIGKILL, after which this process can no longer stop it (F60).
 */
export function spawnNode(command: readonly string[], { env, stdio }: Streams): ChildProcess {
  endWithRunner();
  const args = ['--import', endWithParent, ...command];
  return spawn(process.execPath, args, { ...(env && { env }), stdio: [...stdio, 'ipc'] });
}

/**
 * Like {@link spawnNode} for other programs: on Linux the kernel ends them; elsewhere they survive a signal
 * to this process.
 */
export function spawnCommand(command: string, args: readonly string[], options: Streams): ChildProcess {
  endWithRunner();
  const { env, stdio } = options;
  const isTethered = process.platform === 'linux' && onPath('setpriv') && onPath(command);
  const line = isTethered ? ['setpriv', '--pdeathsig', 'KILL', command, ...args] : [command, ...args];
  return spawn(line[0] as string, line.slice(1), { ...(env && { env }), stdio: [...stdio] });
}
