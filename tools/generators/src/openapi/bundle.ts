import { realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { checkTree } from './parse-tree.ts';
import { readText } from './read-text.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Whether a tree has a reference into another file. Examples have some as well: looking for none is cheap, bundling is not. */
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
 * Brings what a document refers to in other files into it. Only files in its folder and below are read, and nothing is fetched:
 * other references stay as they are, and what needs them is passed over.
 */
export async function bundled(file: string, root: Tree): Promise<Tree> {
  // Half a second of loading, for the few documents that need it.
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
  // The other files have aliases too.
  checkTree(file, tree);
  return tree;
}
