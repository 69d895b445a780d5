import type { Tree } from '@nx/devkit';
import { staleFiles, type DeriveOptions } from '@bff/testbed/derive';

/** Message that nx prints when a sync generator has changed the tree. */
export interface SyncResult {
  readonly outOfSyncMessage: string;
  readonly outOfSyncDetails: string[];
}

/**
 * Runs as the global sync generator: `nx sync` writes the files that are derived from declarations, and
 * `nx sync:check` fails if one differs. `nx g @bff/tools:derive --accept-breaking` also writes contracts that
 * break clients of the committed ones.
 */
export async function deriveGenerator(tree: Tree, options?: DeriveOptions): Promise<SyncResult | undefined> {
  const stale = await staleFiles(tree.root, options);
  for (const { file, text } of stale) tree.write(file, text);
  // Returns nothing to `nx g`, which would call the returned value. Only `nx g` passes options.
  if (options) return undefined;
  return {
    outOfSyncMessage: 'Derived files are stale.',
    outOfSyncDetails: stale.map(({ file }) => `- ${file}`),
  };
}
