import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { onPath } from '../ensure-command.ts';
import { endWithRunner } from './end-with-runner.ts';

/**
 * Run before the program: the channel to its parent closes when that ends. A listener would keep the process alive, which is
 * the program's affair. Not a file of its own: to strip its types would be a part of each measured start.
 */
const endWithParent = `data:text/javascript,${encodeURIComponent(
  "process.once('disconnect', () => process.kill(process.pid, 'SIGTERM')); process.channel?.unref();",
)}`;

type Streams = Pick<SpawnOptions, 'env'> & { readonly stdio: readonly ('ignore' | 'pipe')[] };

/**
 * Starts a program under this very Node. It ends with this process, however that ends: by a signal to it, to npm, or SIGKILL,
 * after which nobody can stop what was started (F60).
 */
export function spawnNode(command: readonly string[], { env, stdio }: Streams): ChildProcess {
  endWithRunner();
  const args = ['--import', endWithParent, ...command];
  return spawn(process.execPath, args, { ...(env && { env }), stdio: [...stdio, 'ipc'] });
}

/** As {@link spawnNode}, for a command that is not Node: where the system can, its kernel ends it; else a signal to this process leaves it. */
export function spawnCommand(command: string, args: readonly string[], options: Streams): ChildProcess {
  endWithRunner();
  const { env, stdio } = options;
  const isTethered = process.platform === 'linux' && onPath('setpriv') && onPath(command);
  const line = isTethered ? ['setpriv', '--pdeathsig', 'KILL', command, ...args] : [command, ...args];
  return spawn(line[0] as string, line.slice(1), { ...(env && { env }), stdio: [...stdio] });
}
