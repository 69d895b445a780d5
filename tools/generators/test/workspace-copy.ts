import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const nodeOptions: Readonly<Record<string, string>> = {
  'node_modules/.bin/jest': '--experimental-vm-modules --disable-warning=ExperimentalWarning',
};
const lock = '.generators.lock';
const root = resolve(import.meta.dirname, '../../..');

export interface WorkspaceCopy {
  readonly folder: string;
  /**
   * Runs a script of the copy, such as `node_modules/.bin/nx`, in a folder of it. @throws {Error} with its
   * output
   */
  run(script: string, args: readonly string[], cwd?: string): string;
  /** Returns the files that differ from the last committed state. */
  changed(): string[];
  /** Commits the current state. */
  commit(): void;
  /** Restores the last committed state. */
  reset(): void;
  remove(): void;
}

/** Creates a folder that links to the content of the workspace, with its own lock. */
export function mirrorWorkspace(): Pick<WorkspaceCopy, 'folder' | 'remove'> {
  const folder = mkdtempSync(join(tmpdir(), 'mirror-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(root))
    if (name !== 'node_modules' && name !== '.git') symlinkSync(join(root, name), join(folder, name));
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== lock) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * Copies the current files of the workspace, with its installed packages and links between the copied
 * projects.
 */
export function copyWorkspace(): WorkspaceCopy {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  const git = (args: readonly string[], cwd: string): string =>
    execFileSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const names = (text: string): string[] => text.split('\0').filter(Boolean);

  const files = names(git(['ls-files', '-z', '--cached', '--others', '--exclude-standard'], root));
  for (const file of files.filter((each) => existsSync(join(root, each)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  link('node_modules', '@bff');
  // Relative links, which lead to the projects of the copy.
  for (const name of readdirSync(join(root, 'node_modules/@bff')))
    symlinkSync(readlinkSync(join(root, 'node_modules/@bff', name)), join(folder, 'node_modules/@bff', name));
  for (const kind of ['apps', 'libs', 'tools'])
    for (const project of readdirSync(join(folder, kind)))
      if (existsSync(join(root, kind, project, 'node_modules'))) link(`${kind}/${project}/node_modules`);

  function link(modules: string, ownScope?: string): void {
    mkdirSync(join(folder, modules, ownScope ?? ''), { recursive: true });
    for (const name of readdirSync(join(root, modules)))
      if (name !== ownScope && name !== lock)
        symlinkSync(join(root, modules, name), join(folder, modules, name));
  }

  const commit = (): void => {
    git(['add', '--all'], folder);
    git(
      [
        '-c',
        'user.name=test',
        '-c',
        'user.email=test@example.com',
        'commit',
        '--quiet',
        '--allow-empty',
        '--message',
        'as it was',
      ],
      folder,
    );
  };
  git(['init', '--quiet'], folder);
  commit();

  return {
    folder,
    run(script, args, cwd = '.') {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, script), ...args], {
        cwd: join(folder, cwd),
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_OPTIONS: nodeOptions[script] },
      });
      if (status !== 0)
        throw new Error(`${script} ${args.join(' ')} in ${cwd}: ${status}\n${stdout}\n${stderr}`);
      return stdout + stderr;
    },
    changed: () => names(git(['ls-files', '-z', '--modified', '--others', '--exclude-standard'], folder)),
    commit,
    reset() {
      git(['reset', '--quiet', '--hard'], folder);
      git(['clean', '--quiet', '-d', '--force'], folder);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
