import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startScript } from './start-script.ts';

/** A fresh clone of this repository: only committed files, nothing installed. */
export interface FreshClone {
  readonly folder: string;
  /** Starts a bash script in the folder, in its own process group. */
  start(script: string): ChildProcess;
  /** Runs a bash script; resolves to its output. @throws {Error} with the output when it fails */
  run(script: string): Promise<string>;
  remove(): void;
}

const root = resolve(import.meta.dirname, '../../../..');

export async function freshClone(): Promise<FreshClone> {
  const clone = cloneIn(mkdtempSync(join(tmpdir(), 'clone-')));
  await clone.run(`git clone --quiet '${root}' .`);
  return clone;
}

/** Returns functions that run scripts in a folder. */
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
