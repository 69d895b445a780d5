import { spawnSync } from 'node:child_process';
import type { Tree } from '@nx/devkit';
import { lockWorkspace } from './lock-workspace.ts';

/** Options of every generator. */
export interface CommonOptions {
  readonly name: string;
  /** Default: false. */
  readonly allowDirty?: boolean;
}

/**
 * Ensures that git alone shows and reverts what a generator writes, and that no other one writes at the same time.
 *
 * @param advice what to do about changes that are not committed
 * @throws {Error} when there are changes that are not committed, or another generator is running
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

/** @throws {Error} when it is not a name of lowercase words joined by hyphens, or names something else already */
export function checkName(name: string, isTaken: (name: string) => boolean): void {
  if (!/^[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,30}){0,3}$/.test(name) || name.length < 2)
    throw new Error(`"${name}" is not a name: use lowercase words of letters and digits, joined by hyphens`);
  if (reserved.has(name) || isTaken(name)) throw new Error(`there is a "${name}" already`);
}

/** Words of the language: a constant is named after what is generated. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);
