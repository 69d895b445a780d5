import type { Tree } from '@nx/devkit';
import { adoptGenerator, type AdoptOptions } from './adopt.ts';

/**
 * Writes what `adopt` writes, without installing packages and deriving files: `upgrade` runs it in a clone of
 * the template.
 */
export async function renderGenerator(tree: Tree, options: AdoptOptions): Promise<void> {
  await adoptGenerator(tree, options);
}
