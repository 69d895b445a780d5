import { execFileSync } from 'node:child_process';
import { matchesGlob } from 'node:path';
import type { Tree } from '@nx/devkit';
import { z } from 'zod';

/** File that lists the parts of the example, so that no generator contains the names of its services. */
const file = 'libs/services/example.json';

const words = z.record(z.string(), z.string());
const schema = z.strictObject({
  /** Regular expression of words that only the example uses. */
  words: z.string(),
  /** Names of the demo's users and tenants, and their names in the adopted product. */
  rename: z.strictObject({ users: words, tenants: words }),
  /** Globs of the files to delete. */
  remove: z.array(z.string()),
});
export type Example = z.infer<typeof schema>;

/** Reads the list. @throws {Error} when the workspace has none, because it was adopted */
export function readExample(tree: Tree): Example {
  const text = tree.read(file, 'utf8');
  if (text === null) throw new Error(`this workspace has been adopted: there is no ${file}`);
  return schema.parse(JSON.parse(text));
}

/** Returns the files that git tracks or would add, and that still exist in the tree. */
export function filesOf(tree: Tree): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: tree.root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const changed = tree.listChanges().filter(({ type }) => type !== 'DELETE');
  return [...new Set([...listed.split('\0').filter(Boolean), ...changed.map(({ path }) => path)])]
    .filter((each) => tree.exists(each))
    .sort();
}

/** Deletes the files of the example. */
export function removeExample(tree: Tree, { remove }: Example): void {
  for (const path of filesOf(tree)) if (remove.some((glob) => matchesGlob(path, glob))) tree.delete(path);
}

const isText = (text: string): boolean => !text.includes('\0') && !text.includes('\ufffd');

/** Rewrites the contents and the names of all text files in the tree. */
export function rewriteFiles(tree: Tree, rewrite: (text: string, path: string) => string): void {
  for (const path of filesOf(tree)) {
    const text = tree.read(path, 'utf8') ?? '';
    if (!isText(text)) continue;
    const written = rewrite(text, path);
    if (written !== text) tree.write(path, written);
  }
}

/**
 * Returns a function that replaces words in lower case, capitalised and in upper case, including within
 * identifiers such as `oneTenant`.
 */
export function renamer(words: Readonly<Record<string, string>>): (text: string) => string {
  const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const all = new Map(
    Object.entries(words).flatMap(([from, to]) => [
      [from, to] as const,
      [title(from), title(to)] as const,
      [from.toUpperCase(), to.toUpperCase()] as const,
    ]),
  );
  const patterns = Object.keys(words).flatMap((word) => [
    `(?<![A-Za-z])${word}(?![a-z])`,
    `${title(word)}(?![a-z])`,
    `(?<![A-Z])${word.toUpperCase()}(?![A-Za-z])`,
  ]);
  const pattern = new RegExp(patterns.join('|'), 'g');
  return (text) => text.replaceAll(pattern, (found) => all.get(found) ?? found);
}

/** Returns a function that finds the words of the example, including within identifiers. */
export function mentionsOf(words: string): (text: string) => boolean {
  const pattern = new RegExp(words, 'i');
  return (text) => pattern.test(text.replaceAll('_', ' ').replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' '));
}
