import { realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { checkTree } from './parse-tree.ts';
import { readText } from './read-text.ts';

type Tree = Readonly<Record<string, unknown>>;

/**
 * Returns whether a document refers to other files. A `$ref` in an example counts too. This check is cheap,
 * and most documents do not need the expensive bundling.
 */
export function hasExternalReferences(root: Tree): boolean {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (node === null || typeof node !== 'object') continue;
    const { $ref } = node as Tree;
    if (typeof $ref === 'string' && !$ref.startsWith('#')) return true;
    for (const value of Object.values(node)) open.push(value);
  }
  return false;
}

/**
 * Inlines the parts of other files to which a document refers. Reads only files in its folder and below, and
 * fetches nothing: other references stay, and operations that need them are skipped.
 */
export async function bundled(file: string, root: Tree): Promise<Tree> {
  // Imported on demand: loading takes half a second, and few documents need it.
  const { BaseResolver, bundle, createConfig, ResolveError, Source } = await import('@redocly/openapi-core');
  const folder = realpathSync(dirname(file)) + sep;
  class FolderResolver extends BaseResolver {
    override async loadExternalRef(ref: string) {
      try {
        if (!realpathSync(ref).startsWith(folder)) throw new Error(`${ref} is not below ${folder}`);
        return new Source(ref, readText(ref));
      } catch (error) {
        throw new ResolveError(error as Error);
      }
    }
  }
  const path = resolve(file);
  const { bundle: result } = await bundle({
    doc: { source: new Source(path, JSON.stringify(root)), parsed: root },
    externalRefResolver: new FolderResolver(),
    config: await createConfig({}),
  });
  const tree = result.parsed as Tree;
  // Checks the size and depth again, because the other files may contain YAML aliases too.
  checkTree(file, tree);
  return tree;
}
