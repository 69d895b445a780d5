import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';

/** Functions that release the workspaces locked by this process. */
const held = new Map<string, () => void>();

/**
 * Wraps a generator so that it releases the workspace when it fails: it has written nothing then, and the
 * process may continue.
 */
export const releasing =
  <Options, Result>(generate: (tree: Tree, options: Options) => Promise<Result>) =>
  async (tree: Tree, options: Options): Promise<Result> => {
    try {
      return await generate(tree, options);
    } catch (error) {
      held.get(tree.root)?.();
      throw error;
    }
  };

/**
 * Locks the workspace for this process until it exits: of two concurrent generators, the second would
 * overwrite the line that the first added to the registry.
 *
 * @throws {Error} while another process holds the lock
 */
export function lockWorkspace(root: string): void {
  const file = join(root, 'node_modules/.generators.lock');
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder === process.pid) return;
    if (isRunning(holder))
      throw new Error(`another generator is running (process ${holder}); try again when it has ended`, {
        cause: error,
      });
    // Takes over the lock, because the process that held it was killed.
    writeFileSync(file, String(process.pid));
  }
  const release = (): void => {
    process.off('exit', release);
    held.delete(root);
    rmSync(file, { force: true });
  };
  held.set(root, release);
  process.once('exit', release);
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
