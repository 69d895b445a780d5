import { spawnSync } from 'node:child_process';
import type { Tree } from '@nx/devkit';
import { lockWorkspace } from './lock-workspace.ts';

/** Options of every generator. */
export interface CommonOptions {
  readonly name: string;
  /** Whether to run despite uncommitted changes. Default: false. */
  readonly allowDirty?: boolean;
}

/**
 * Ensures that git shows and can revert exactly what a generator writes, and that no other generator runs at
 * the same time.
 *
 * @param advice how to handle uncommitted changes, for the error message
 * @throws {Error} when there are uncommitted changes, or another generator is running
 */
export function checkWorkspace(
  { root }: Tree,
  { allowDirty = false }: Pick<CommonOptions, 'allowDirty'>,
  advice = 'commit them, or add --allow-dirty',
): void {
  const { stdout, status } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (!allowDirty && status === 0 && stdout !== '')
    throw new Error(`there are changes that are not committed; ${advice}`);
  lockWorkspace(root);
}

/**
 * Checks a name. @throws {Error} unless it consists of lowercase words joined by hyphens, and is not taken
 */
export function checkName(name: string, isTaken: (name: string) => boolean): void {
  if (!/^[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,30}){0,3}$/.test(name) || name.length < 2)
    throw new Error(`"${name}" is not a name: use lowercase words of letters and digits, joined by hyphens`);
  if (reserved.has(name) || isTaken(name)) throw new Error(`there is a "${name}" already`);
}

/** Reserved words of TypeScript, which a name must not be, because it becomes the name of a constant. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);
