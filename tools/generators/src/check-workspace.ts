import { spawnSync } from 'node:child_process';
import { type Tree } from '@nx/devkit';

/** What every generator asks for. */
export interface CommonOptions {
  readonly name: string;
  /** Default: false. */
  readonly allowDirty?: boolean;
}

/**
 * So that what was made can be seen, and thrown away, with git alone.
 *
 * @throws {Error} when there are changes that are not committed
 */
export function checkWorkspace({ root }: Tree, { allowDirty = false }: CommonOptions): void {
  if (allowDirty) return;
  const { stdout, status } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (status === 0 && stdout !== '')
    throw new Error('there are changes that are not committed; commit them, or say --allow-dirty');
}

/** Of one word each, because settings, types, files and metrics are named after it. @throws {Error} */
export function checkName(name: string, taken: readonly string[]): void {
  if (!/^[a-z][a-z0-9]{1,30}$/.test(name))
    throw new Error(`"${name}" is no name here: one word of 2 to 31 lowercase letters and digits`);
  if (reserved.has(name) || taken.includes(name)) throw new Error(`there is a "${name}" already`);
}

/** Of services, families of clients and projects: one name makes settings, processes and ports of the demo world for all of them. */
export function namesTaken(tree: Tree): string[] {
  const clients = tree.children('libs/upstream-clients/src').map((file) => file.replace('-client.ts', ''));
  const projects = ['apps', 'libs', 'tools'].flatMap((kind) => tree.children(kind));
  const world = tree.read('tools/demo-world/src/world.ts', 'utf8') ?? '';
  const processes = [...world.matchAll(/^ {2}(\w+): \['[\w-]+', '\w+_PORT'/gm)].map(([, name = '']) => name);
  return [...clients, ...projects.map((name) => name.replace(/-bff$/, '')), ...processes];
}

/** Words of the language, and what stands beside the clients of the services. */
const reserved = new Set(
  (
    'await break breakers case catch class close const continue debugger default delete do else enum export extends false ' +
    'finally for function if import in instanceof new null package private public return super switch this throw true try ' +
    'typeof upstream var void while with yield z'
  ).split(' '),
);
