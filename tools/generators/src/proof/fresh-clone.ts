import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startScript } from './start-script.ts';

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

export async function freshClone(): Promise<FreshClone> {
  const clone = cloneIn(mkdtempSync(join(tmpdir(), 'clone-')));
  await clone.run(`git clone --quiet '${root}' .`);
  return clone;
}

/** Runs scripts in a folder. */
export function cloneIn(folder: string): FreshClone {
  const clone: FreshClone = {
    folder,
    start: (script) => startScript(script, folder),
    async run(script) {
      const child = clone.start(script);
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk) => (output += String(chunk)));
      const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      if (code !== 0) throw new Error(`exit ${code ?? signal}\n${script}\n${output}`);
      return output;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  return clone;
}
