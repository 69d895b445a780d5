import type { Tree } from '@nx/devkit';
import { adoptGenerator, type AdoptOptions } from './adopt.ts';

/** What `adopt` writes, before packages are installed and files derived: `upgrade` runs it in a clone of the template. */
export async function renderGenerator(tree: Tree, options: AdoptOptions): Promise<void> {
  await adoptGenerator(tree, options);
}
