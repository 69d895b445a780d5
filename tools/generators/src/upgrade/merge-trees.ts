import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, matchesGlob, relative } from 'node:path';
import type { Answers } from '../adopt/answers.ts';
import { mergeFile, type Merged, type Sides } from './merge-file.ts';
import { run } from './run.ts';

export interface MergedFile {
  readonly path: string;
  readonly sides: Sides;
  readonly merged: Exclude<Merged, { kind: 'kept' }>;
  /** File mode of the new file. */
  readonly mode: number;
}

/** Files that generators wrote once and adopters own: only migrations change them. */
function ownedGlobs({ documents }: Answers): readonly string[] {
  const services = documents.map(({ service }) => `libs/services/src/${service}.ts`);
  return [
    '.bff.json',
    'apps/*/src/screens.ts',
    'apps/*/src/screens/**',
    'libs/services/openapi/**',
    'libs/services/src/index.ts',
    ...services,
  ];
}

/** Files that nx sync or npm write completely. */
function derivedGlobs(folder: string): readonly string[] {
  const file = join(folder, '.gitattributes');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const generated = lines.flatMap((line) => /^(\S+) .*\blinguist-generated\b/.exec(line)?.[1] ?? []);
  return ['package-lock.json', ...generated];
}

/**
 * Merges the changes between two renderings of the template into the tracked files of a copy. Returns the
 * files that change or have conflicts.
 */
export function mergeTrees(root: string, old: string, next: string, answers: Answers): readonly MergedFile[] {
  const excluded = [...ownedGlobs(answers), ...derivedGlobs(old), ...derivedGlobs(next)];
  const own = new Set(list(root));
  const paths = new Set([...walk(old), ...walk(next)]);
  return [...paths]
    .filter((path) => !excluded.some((glob) => matchesGlob(path, glob)))
    .sort()
    .flatMap((path) => {
      const sides = {
        old: read(old, path),
        yours: own.has(path) ? read(root, path) : undefined,
        next: read(next, path),
      };
      const merged = mergeFile(path, sides);
      if (merged.kind === 'kept') return [];
      return [{ path, sides, merged, mode: modeOf(sides.next ? next : root, path) }];
    });
}

const read = (folder: string, path: string): Buffer | undefined =>
  existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : undefined;

const modeOf = (folder: string, path: string): number =>
  existsSync(join(folder, path)) ? statSync(join(folder, path)).mode & 0o777 : 0o644;

const list = (folder: string): string[] => run(folder, 'git', 'ls-files', '-z').split('\0').filter(Boolean);

const walk = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
