import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { vectorsFolder } from './read-vectors.ts';

interface Played {
  /** Number of checks, by file. */
  readonly counts: Readonly<Record<string, number>>;
  readonly failed: readonly { readonly file: string; readonly title: string }[];
}

function play(folder: string): Played {
  const { stdout, stderr } = spawnSync('python3', ['-B', join(folder, 'play_vectors.py')], {
    encoding: 'utf8',
  });
  return stdout ? (JSON.parse(stdout) as Played) : { counts: {}, failed: [{ file: '', title: stderr }] };
}

const client = resolve(import.meta.dirname, '../../python');

test('a Python client that was written from docs/sync.md passes every vector', () => {
  const { counts, failed } = play(client);
  expect(failed).toEqual([]);
  expect(Object.keys(counts)).toEqual(readdirSync(vectorsFolder).filter((name) => name.endsWith('.json')));
});

describe('the vectors find a client that', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vectors-'));
    cpSync(vectorsFolder, join(folder, 'vectors'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['sorts names by code points', 'canonical_json.py', 'name.encode("utf-16-be")', 'name'],
    ['formats numbers as Python does', 'canonical_json.py', 'return number(value)', 'return repr(value)'],
    [
      'keeps integers beyond 2^53',
      'canonical_json.py',
      'value = float(value)',
      'value = value if isinstance(value, int) else float(value)',
    ],
    ['treats true and 1 as equal', 'json_patch.py', 'isinstance(a, bool) or isinstance(b, bool)', 'False'],
    ['accepts an array index with a leading zero', 'json_patch.py', '0|[1-9][0-9]*', '[0-9]+'],
    ['changes the document that it patches', 'json_patch.py', 'copy.deepcopy(document)', 'document'],
    [
      'does not compare the digest',
      'sync_client.py',
      ' or fields.get("Sync-Digest") != f"sha-256=:{digest(view)}:"',
      '',
    ],
    ['does not compare Delta-Base', 'sync_client.py', ' or token_of(fields.get("Delta-Base")) != token', ''],
    ['accepts a 304 when it has no view', 'sync_client.py', 'status == 304 and token', 'status == 304'],
    ['ignores the ETag of a 304', 'sync_client.py', 'token_of(fields.get("ETag")) or token,', 'token,'],
    ['accepts any JSON as a view', 'sync_client.py', 'opaque[1].startswith(etag)', 'True'],
    [
      'stores a mixed view with a token',
      'sync_client.py',
      '"token": None, "keep": True',
      '"token": token_of(fields.get("ETag")) or (kept and kept["token"]), "keep": True',
    ],
    [
      'stores a token with the suffix of its content coding',
      'sync_client.py',
      '{24})(?:-[a-z0-9]+)?',
      '{24}(?:-[a-z0-9]+)?)',
    ],
    [
      'permits caches to answer its requests',
      'sync_client.py',
      '"Cache-Control": "no-cache, no-store", ',
      '',
    ],
    [
      'treats the page of a captive portal as a refusal',
      'sync_client.py',
      '"refused" if is_problem else "foreign"',
      '"refused"',
    ],
    [
      'never requests a complete view after an unusable answer',
      'sync_client.py',
      'reading["status"] < 400',
      'False',
    ],
  ])('the vectors find a client that %s', (_, file, found, planted) => {
    const copy = join(folder, 'python');
    cpSync(client, copy, { recursive: true });
    const source = readFileSync(join(copy, file), 'utf8');
    expect(source).toContain(found);
    writeFileSync(join(copy, file), source.replace(found, planted));
    expect(play(copy).failed).not.toEqual([]);
  });
});
