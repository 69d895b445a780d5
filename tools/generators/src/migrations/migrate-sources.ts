import { matchesGlob } from 'node:path';
import { formatFiles, visitNotIgnoredFiles, type Tree } from '@nx/devkit';
import ts from 'typescript';

export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * What a migration makes of a source: what to insert, none if it is migrated already or is nothing of its concern, or why its
 * shape is unknown.
 */
export type Edit = (source: ts.SourceFile) => readonly Insertion[] | { readonly unknown: string };

/**
 * Edits every source that a glob names, by its syntax tree, and formats what it wrote. Returns a line for each file that is
 * left as it is because its shape is unknown: nx prints those as what is left to do.
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
