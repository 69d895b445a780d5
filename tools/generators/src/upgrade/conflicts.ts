import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MergedFile } from './merge-trees.ts';
import { run, runWith } from './run.ts';

/** Returns the files that git considers unmerged, or that contain conflict markers. */
export function unresolved(root: string, files: readonly string[]): readonly string[] {
  if (files.length === 0) return [];
  const listed = run(root, 'git', 'diff', '--name-only', '--relative', '--diff-filter=U', '-z');
  const unmerged = new Set(listed.split('\0'));
  const hasMarkers = (path: string): boolean =>
    existsSync(join(root, path)) &&
    /^(?:<<<<<<< yours|>>>>>>> new template)$/m.test(readFileSync(join(root, path), 'utf8'));
  return files.filter((path) => unmerged.has(path) || hasMarkers(path));
}

export const conflictsError = (files: readonly string[]): Error =>
  new Error(
    `conflicts are left in\n${files.map((path) => `  ${path}`).join('\n')}\n` +
      'resolve them, git add them, and run upgrade again: it continues from here',
  );

/** Marks the files as unmerged, as `git merge` does: git refuses to commit until each was added. */
export function markUnmerged(root: string, files: readonly MergedFile[]): void {
  const prefix = run(root, 'git', 'rev-parse', '--show-prefix').trim();
  const lines = files.flatMap(({ path, sides, mode }) => {
    const stages = [sides.old, sides.yours, sides.next].flatMap((content, index) => {
      if (!content) return [];
      const hash = runWith(root, content, 'git', 'hash-object', '-w', '--stdin').trim();
      return [`${mode & 0o100 ? '100755' : '100644'} ${hash} ${index + 1}\t${prefix}${path}`];
    });
    return [`0 ${'0'.repeat(40)}\t${prefix}${path}`, ...stages];
  });
  if (lines.length > 0)
    runWith(
      root,
      Buffer.from(lines.map((line) => `${line}\0`).join('')),
      'git',
      'update-index',
      '-z',
      '--index-info',
    );
}
