import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answers } from '../adopt/answers.ts';
import { run } from './run.ts';

/** A clone of the template's repository, removed on disposal. */
export interface Template extends Disposable {
  readonly folder: string;
  /** Returns the commit of a version. @throws {Error} when there is no such version */
  commitOf(version: string): string;
  /**
   * Returns the commit from which a copy was made. @throws {Error} when neither commit nor version can be
   * found
   */
  baseOf(answers: Answers, ownTrees: readonly string[]): string;
}

const released = /^v(\d+\.\d+\.\d+)$/;

/** Compares versions; negative when the first one is older. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((each) => each.split('.').map(Number));
  const difference = [0, 1, 2].map((at) => (a?.[at] ?? 0) - (b?.[at] ?? 0));
  return difference.find((each) => each !== 0) ?? 0;
}

/** Clones the template. @param from URL or path @throws {Error} when it cannot be cloned */
export function fetchTemplate(root: string, from: string): Template {
  const folder = mkdtempSync(join(tmpdir(), 'template-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    run(root, 'git', 'clone', '--quiet', '--no-checkout', '--', from, folder);
  } catch (error) {
    remove();
    throw new Error(`the template cannot be fetched from ${from}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const git = (...args: readonly string[]): string => run(folder, 'git', ...args).trim();
  const versions = git('tag', '--list', 'v*')
    .split('\n')
    .flatMap((tag) => released.exec(tag)?.[1] ?? [])
    .sort(compareVersions);
  const commitOf = (version: string): string => {
    if (!versions.includes(version))
      throw new Error(
        `the template has no version ${version}; it has ${versions.slice(-5).join(', ') || 'none yet'}`,
      );
    return git('rev-parse', `v${version}^{commit}`);
  };
  return {
    folder,
    commitOf,
    [Symbol.dispose]: remove,
    baseOf({ template }, ownTrees) {
      const commits = new Map(
        git('log', '--all', '--format=%T %H')
          .split('\n')
          .map((line) => line.split(' ') as [string, string]),
      );
      const trees = [template.tree ?? '', ...ownTrees];
      return (
        trees.map((each) => commits.get(each)).find((each) => each !== undefined) ??
        commitOf(template.version)
      );
    },
  };
}
