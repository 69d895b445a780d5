import type { Tree } from '@nx/devkit';
import { staleFiles, type DeriveOptions } from '@bff/testbed/derive';

/** What nx prints of a sync generator that wrote into the tree. */
export interface SyncResult {
  readonly outOfSyncMessage: string;
  readonly outOfSyncDetails: string[];
}

/**
 * The global sync generator: `nx sync` writes what follows from the declarations, `nx sync:check` fails if something differs.
 * `nx g @bff/tools:derive --accept-breaking` also writes contracts that break clients of the committed ones.
 */
export async function deriveGenerator(tree: Tree, options?: DeriveOptions): Promise<SyncResult | undefined> {
  const stale = await staleFiles(tree.root, options);
  for (const { file, text } of stale) tree.write(file, text);
  // Only nx g passes options, and it would call what is returned.
  if (options) return undefined;
  return {
    outOfSyncMessage: 'Derived files are stale.',
    outOfSyncDetails: stale.map(({ file }) => `- ${file}`),
  };
}
