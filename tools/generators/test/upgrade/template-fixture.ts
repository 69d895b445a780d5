import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { upgradeGenerator, type UpgradeOptions } from '../../src/index.ts';
import { nx } from './nx-stub.ts';

type Contents = Readonly<Record<string, string | undefined>>;

const manifest = (version: string): string =>
  `${JSON.stringify({ name: 'fixture', version, dependencies: { nx: 'file:./nx' } }, undefined, 2)}\n`;

/** The first version of a template that renders in a second. */
const first: Contents = {
  '.gitignore': 'node_modules\n',
  '.gitattributes': 'derived.txt -merge linguist-generated\n',
  'nx/package.json': '{ "name": "nx", "version": "1.0.0", "bin": "./nx.js" }\n',
  'nx/nx.js': nx,
  'package.json': manifest('1.0.0'),
  'apps/web-bff/package.json': '{}\n',
  'apps/tv-bff/package.json': '{}\n',
  'apps/web-bff/src/screens/any.ts': 'old shape\n',
  'tools/generators/package.json': '{ "name": "@template/tools" }\n',
  'libs/one/a.ts': "import '@template/one';\n1\n2\n3\nlast\n",
  'engine.txt': 'engine\n',
  'example.txt': 'example\n',
  'derived.txt': 'of the template\n',
  'README.md': '# @template\n',
};

/** Writes files; undefined deletes one. */
export function put(folder: string, contents: Contents): void {
  for (const [path, text] of Object.entries(contents)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
  }
}

export const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

export function git(folder: string, ...args: readonly string[]): string {
  const name = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...name, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

export function commit(folder: string, contents: Contents = {}): void {
  put(folder, contents);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'change');
}

export interface TemplateFixture extends Disposable {
  readonly folder: string;
  release(version: string, contents: Contents): void;
  /** Creates a clone that was adopted, optionally with another scope. */
  adopt(scope?: string): string;
}

export function createTemplate(): TemplateFixture {
  const all = mkdtempSync(join(tmpdir(), 'upgrade-'));
  const folder = join(all, 'template');
  mkdirSync(folder);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  put(folder, first);
  chmodSync(join(folder, 'nx/nx.js'), 0o755);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--offline'], { cwd: folder, stdio: 'ignore' });
  commit(folder);
  git(folder, 'tag', 'v1.0.0');
  let copies = 0;
  return {
    folder,
    release(version, contents) {
      commit(folder, { 'package.json': manifest(version), ...contents });
      git(folder, 'tag', `v${version}`);
    },
    adopt(scope = '@template') {
      const copy = join(all, `copy-${copies++}`);
      git(all, 'clone', '--quiet', '--branch', 'v1.0.0', folder, copy);
      const tree = git(copy, 'rev-parse', 'HEAD^{tree}');
      cpSync(join(folder, 'node_modules'), join(copy, 'node_modules'), {
        recursive: true,
        verbatimSymlinks: true,
      });
      execFileSync('npx', ['nx', 'generate', 'render', `--scope=${scope}`], { cwd: copy });
      const documents = [{ service: 'any', file: 'any.yaml', sha256: '' }];
      const answers = {
        template: { version: '1.0.0', tree, repository: folder },
        families: ['web', 'tv'],
        scope,
        documents,
      };
      commit(copy, { '.bff.json': JSON.stringify(answers), 'derived.txt': 'of the copy\n' });
      return copy;
    },
    [Symbol.dispose]: () => rmSync(all, { recursive: true }),
  };
}

/** Creates an adopted copy like GitHub's template button: one commit without history. */
export function withoutHistory(folder: string, ...commits: readonly string[]): string {
  const trees = commits.map((each) => git(folder, 'rev-parse', `${each}^{tree}`));
  git(folder, 'checkout', '--quiet', '--orphan', 'fresh');
  for (const tree of trees) {
    git(folder, 'read-tree', '-u', '--reset', tree);
    git(folder, 'commit', '--quiet', '--message', 'copy');
  }
  return folder;
}

/** Runs the generator as nx does: writes the tree when it ends, then runs the returned callback. */
export async function upgrade(
  root: string,
  to: string,
  options: Partial<UpgradeOptions> = {},
): Promise<void> {
  const changes = new Map<string, { content: string | Buffer | null; mode?: number }>();
  const onDisk = (path: string) => (existsSync(join(root, path)) ? read(root, path) : null);
  const tree = {
    root,
    read: onDisk,
    write: (path: string, content: string | Buffer, { mode }: { mode?: number } = {}) =>
      void changes.set(path, { content, mode }),
    delete: (path: string) => void changes.set(path, { content: null }),
  } as unknown as Tree;
  const then = await upgradeGenerator(tree, { to, ...options });
  for (const [path, { content, mode }] of changes) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === null) rmSync(file);
    else writeFileSync(file, content, { mode });
  }
  await then?.();
}
