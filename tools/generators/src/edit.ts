import { type Tree } from '@nx/devkit';

/** @throws {Error} when the file is not there, or is as it was: then this generator no longer knows the workspace */
export function edit(tree: Tree, path: string, change: (text: string) => string): void {
  const text = tree.read(path, 'utf8');
  const changed = text === null ? null : change(text);
  if (changed === null || changed === text)
    throw new Error(`${path} is not as the generator knows it; nothing was written`);
  tree.write(path, changed);
}

/** Each line that matches is repeated below itself, changed. */
export const repeatLines =
  (matching: RegExp, change: (line: string) => string) =>
  (text: string): string =>
    text
      .split('\n')
      .flatMap((line) => (matching.test(line) ? [line, change(line)] : [line]))
      .join('\n');
