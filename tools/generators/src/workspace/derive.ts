import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { deriveTree } from '@bff/testbed/derive';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Prepares the last step of a generator: deriving files from the registry, the tables and the settings.
 * Restores the files of the generator unless that step succeeds, also when nx fails to write them, or a
 * signal ends the process.
 */
export function deriveAfter(tree: Tree): () => Promise<void> {
  const { root } = tree;
  const before = new Map(
    tree.listChanges().flatMap(({ path }) => {
      const file = join(root, path);
      // Skips deleted folders: restoring their files, which are among the changes too, recreates them.
      if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return [];
      return [[file, existsSync(file) ? readFileSync(file) : undefined] as const];
    }),
  );
  let isDone = false;
  const restore = (): void => {
    if (!isDone) for (const [file, content] of before) put(file, content);
    isDone = true;
  };
  process.once('exit', restore);
  // Because of this listener a signal cannot interrupt the writing of files, which is synchronous.
  for (const signal of signals) process.on(signal, () => process.exit(130));

  return async () => {
    try {
      for (const file of await deriveTree(root)) process.stdout.write(`derived ${file}\n`);
      isDone = true;
    } catch (error) {
      restore();
      throw new Error(`nothing was changed: ${(error as Error).message}`, { cause: error });
    }
  };
}

function put(file: string, content: Buffer | undefined): void {
  if (content) {
    if (existsSync(file) && readFileSync(file).equals(content)) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return;
  }
  rmSync(file, { force: true });
  for (
    let folder = dirname(file);
    existsSync(folder) && readdirSync(folder).length === 0;
    folder = dirname(folder)
  )
    rmdirSync(folder);
}
