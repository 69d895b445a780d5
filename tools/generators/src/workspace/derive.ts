import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Tree } from '@nx/devkit';

/**
 * Prepares the last step of a generator: to rewrite what follows from the registry, the tables and the settings of the apps.
 * When that fails, the returned function restores the files of the generator and throws.
 */
export function deriveAfter(tree: Tree): () => void {
  const { root } = tree;
  const before = new Map(
    tree.listChanges().map(({ path }) => {
      const file = join(root, path);
      return [file, existsSync(file) ? readFileSync(file) : undefined] as const;
    }),
  );
  return () => {
    try {
      execFileSync(process.execPath, ['tools/testbed/src/derive.ts'], { cwd: root, stdio: 'inherit' });
    } catch (error) {
      for (const [file, content] of before) {
        if (content) writeFileSync(file, content);
        else remove(file);
      }
      throw new Error('npm run derive failed, so that the tree is as it was', { cause: error });
    }
  };
}

function remove(file: string): void {
  rmSync(file, { force: true });
  for (let folder = dirname(file); readdirSync(folder).length === 0; folder = dirname(folder))
    rmdirSync(folder);
}
