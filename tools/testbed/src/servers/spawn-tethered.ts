import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { onPath } from '../ensure-command.ts';
import { endWithRunner } from './end-with-runner.ts';

/**
 * Module that is imported before the program, and ends it when the channel to the parent closes. It
 * unreferences the channel, which would keep a finished program alive. It is a data URL instead of a file,
 * because stripping the types of a file would add to each measured start-up time.
 */
const endWithParent = `data:text/javascript,${encodeURIComponent(
  "process.once('disconnect', () => process.kill(process.pid, 'SIGTERM')); process.channel?.unref();",
)}`;

type Streams = Pick<SpawnOptions, 'env'> & { readonly stdio: readonly ('ignore' | 'pipe')[] };

/**
 * Starts a program with the Node that runs this process. The program exits when this process ends, even by a
 * signal to npm, or by SIGKILL, after which this process could not stop the program (F60).
 */
export function spawnNode(command: readonly string[], { env, stdio }: Streams): ChildProcess {
  endWithRunner();
  const args = ['--import', endWithParent, ...command];
  return spawn(process.execPath, args, { ...(env && { env }), stdio: [...stdio, 'ipc'] });
}

/**
 * Like {@link spawnNode}, for other programs. On Linux the kernel ends the program with this process; on
 * other systems the program survives a signal to this process.
 */
export function spawnCommand(command: string, args: readonly string[], options: Streams): ChildProcess {
  endWithRunner();
  const { env, stdio } = options;
  const isTethered = process.platform === 'linux' && onPath('setpriv') && onPath(command);
  const line = isTethered ? ['setpriv', '--pdeathsig', 'KILL', command, ...args] : [command, ...args];
  return spawn(line[0] as string, line.slice(1), { ...(env && { env }), stdio: [...stdio] });
}
