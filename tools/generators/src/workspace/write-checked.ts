import { formatFiles, logger, type Tree } from '@nx/devkit';
import { checkSource } from '../source/check-source.ts';
import { lintSource } from '../source/lint-source.ts';

/**
 * Type-checks, formats and lints files in memory, and adds them to the tree, which nx writes when the
 * generator ends.
 *
 * @param files contents by path in the workspace
 * @throws {Error} with the first errors
 */
export async function writeChecked(tree: Tree, files: Readonly<Record<string, string>>): Promise<void> {
  const size = Object.values(files).reduce((sum, text) => sum + text.length, 0);
  logger.info(`checking the types of ${Math.ceil(size / 1_000)} KB`);
  checkSource(tree.root, files);
  logger.info('formatting and linting');
  for (const [file, text] of Object.entries(files)) tree.write(file, text);
  await formatFiles(tree);
  const formatted = Object.keys(files).map((file) => [file, tree.read(file, 'utf8') ?? ''] as const);
  await lintSource(tree.root, Object.fromEntries(formatted));
}
