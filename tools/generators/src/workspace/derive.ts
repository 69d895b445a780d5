import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Tree } from '@nx/devkit';
import { deriveTree } from '@bff/testbed/derive';

/**
 * Prepares the last step of a generator: to rewrite what follows from the registry, the tables and the settings of the apps.
 * When that fails, the returned function restores the files of the generator and throws.
 */
export function deriveAfter(tree: Tree): () => Promise<void> {
  const { root } = tree;
  const before = new Map(
    tree.listChanges().map(({ path }) => {
      const file = join(root, path);
      return [file, existsSync(file) ? readFileSync(file) : undefined] as const;
    }),
  );
  return async () => {
    try {
      for (const file of await deriveTree(root)) process.stdout.write(`derived ${file}\n`);
    } catch (error) {
      for (const [file, content] of before) {
        if (content) writeFileSync(file, content);
        else remove(file);
      }
      throw new Error(`the tree is as it was: ${(error as Error).message}`, { cause: error });
    }
  };
}

function remove(file: string): void {
  rmSync(file, { force: true });
  for (let folder = dirname(file); readdirSync(folder).length === 0; folder = dirname(folder))
    rmdirSync(folder);
}
