import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What somebody has who cloned this repository just now: what is committed, and nothing installed. */
export interface FreshClone {
  readonly folder: string;
  /** Starts a script of bash in the folder, in a process group of its own. */
  start(script: string): ChildProcess;
  /** Resolves to what it printed. @throws {Error} with that, when it fails */
  run(script: string): Promise<string>;
  remove(): void;
}

const root = resolve(import.meta.dirname, '../../../..');
const env = {
  ...process.env,
  GIT_AUTHOR_NAME: 'reader',
  GIT_AUTHOR_EMAIL: 'reader@example.com',
  GIT_COMMITTER_NAME: 'reader',
  GIT_COMMITTER_EMAIL: 'reader@example.com',
};

export async function freshClone(): Promise<FreshClone> {
  const clone = cloneIn(mkdtempSync(join(tmpdir(), 'clone-')));
  await clone.run(`git clone --quiet '${root}' .`);
  return clone;
}

/** Runs scripts in a folder. */
export function cloneIn(folder: string): FreshClone {
  const clone: FreshClone = {
    folder,
    start: (script) =>
      spawn('bash', ['-euo', 'pipefail', '-c', script], {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        // As in a terminal of its own: Ctrl-C reaches all that runs in it.
        detached: true,
      }),
    async run(script) {
      const child = clone.start(script);
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk) => (output += String(chunk)));
      const [code] = (await once(child, 'close')) as [number | null];
      if (code !== 0) throw new Error(`exit ${code}\n${script}\n${output}`);
      return output;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  return clone;
}
