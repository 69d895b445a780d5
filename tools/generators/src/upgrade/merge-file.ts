import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeManifest } from './merge-manifest.ts';
import { withRegionsOf } from './regions.ts';

/** A file in the old rendering, in the copy, and in the new rendering; undefined where it does not exist. */
export interface Sides {
  readonly old?: Buffer;
  readonly yours?: Buffer;
  readonly next?: Buffer;
}

export type Merged =
  | { readonly kind: 'kept' }
  /**
   * `taken`: only the template changed the file; without content it deleted the file. `merged`: both changed
   * it, without a conflict.
   */
  | { readonly kind: 'taken' | 'merged'; readonly content?: Buffer }
  /** The copy deleted the file, and the template changed it. */
  | { readonly kind: 'left deleted' }
  /** The content has conflict markers, or is that of the copy if the file cannot contain any. */
  | { readonly kind: 'conflict'; readonly content: Buffer; readonly reason: string };

const kept: Merged = { kind: 'kept' };
const isSame = (one?: Buffer, other?: Buffer): boolean => (one && other ? one.equals(other) : one === other);
const isText = (content: Buffer): boolean => !content.includes(0);

/**
 * Merges the changes of the template into a file of the copy. Does not follow renames, so that no other file
 * changes.
 */
export function mergeFile(path: string, sides: Sides): Merged {
  const { old, yours, next } = withoutRegions(sides);
  if (isSame(old, next) || isSame(yours, next)) return kept;
  if (isSame(old, yours)) return { kind: 'taken', content: next };
  if (!yours) return { kind: 'left deleted' };
  if (!next) return { kind: 'conflict', content: yours, reason: 'deleted by the template, changed by you' };
  if (/(^|\/)(?:package|tsconfig)\.json$/.test(path)) {
    const text = mergeManifest(String(old ?? '{}'), String(yours), String(next));
    if (text !== undefined) return { kind: 'merged', content: Buffer.from(text) };
  }
  if (![old ?? yours, yours, next].every(isText))
    return { kind: 'conflict', content: yours, reason: 'binary, changed by both' };
  const { content, conflicts } = mergeText(old ?? Buffer.alloc(0), yours, next);
  if (conflicts === 0) return { kind: 'merged', content };
  return { kind: 'conflict', content, reason: old ? 'changed by both' : 'added by both' };
}

/** Makes derived regions equal on all sides, because they are derived again after the merge. */
function withoutRegions({ old, yours, next }: Sides): Sides {
  if (!yours) return { old, yours, next };
  return { old: withRegionsOf(old, yours), yours, next: withRegionsOf(next, yours) };
}

function mergeText(old: Buffer, yours: Buffer, next: Buffer): { content: Buffer; conflicts: number } {
  const folder = mkdtempSync(join(tmpdir(), 'merge-'));
  try {
    const [ours, base, theirs] = Object.entries({ yours, old, next }).map(([name, content]) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    }) as [string, string, string];
    const labels = ['yours', 'old template', 'new template'].flatMap((label) => ['-L', label]);
    const { status, stdout } = spawnSync('git', ['merge-file', '-p', '-q', ...labels, ours, base, theirs], {
      maxBuffer: 2 ** 28,
    });
    if (status === null || status > 127) throw new Error('git merge-file cannot be run');
    return { content: stdout, conflicts: status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
