import { matchesGlob } from 'node:path';
import { formatFiles, visitNotIgnoredFiles, type Tree } from '@nx/devkit';
import ts from 'typescript';

export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Computes the edits of a source: the insertions, none when it is already migrated or unaffected, or the
 * reason why its structure is unknown.
 */
export type Edit = (source: ts.SourceFile) => readonly Insertion[] | { readonly unknown: string };

/**
 * Edits every source that matches a glob, by its syntax tree, and formats the changed ones. Returns a line
 * for each file of unknown structure, which is unchanged: nx prints these as the remaining work.
 */
export async function migrateSources(tree: Tree, glob: string, edit: Edit): Promise<string[]> {
  const left: string[] = [];
  visitNotIgnoredFiles(tree, '.', (path) => {
    if (!matchesGlob(path, glob)) return;
    const text = tree.read(path, 'utf8') ?? '';
    const edits = edit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
    if ('unknown' in edits) left.push(`${path}: ${edits.unknown}`);
    else if (edits.length > 0) tree.write(path, insert(text, edits));
  });
  await formatFiles(tree);
  return left;
}

const insert = (source: string, insertions: readonly Insertion[]): string =>
  insertions
    .toSorted((one, other) => other.at - one.at)
    .reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), source);
