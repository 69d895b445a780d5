import { brotliCompressSync, brotliDecompressSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { Chance } from '@bff/testbed';
import { describe, expect, test } from '@jest/globals';
import { changed } from '../src/sync/sync-changes.ts';
import { syncFigures } from '../src/sync/sync-figures.ts';
import { screenPairs, webhookPairs } from '../src/sync/sync-pairs.ts';

const things = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `o${at}`,
    status: 'open',
    total_count: 100 + at,
    opened_at: '2026-11-01T08:17:18.188Z',
  }));
const view = { name: 'Alpha', things: things(20), settings: { theme: 'dark' } };

describe('random changes of a view', () => {
  test('random changes of a view are the same for the same seed and leave the original view unchanged', () => {
    const before = structuredClone(view);
    expect(changed(view, 10, new Chance(3))).toEqual(changed(view, 10, new Chance(3)));
    expect(changed(view, 10, new Chance(3))).not.toEqual(changed(view, 10, new Chance(4)));
    expect(view).toEqual(before);
  });

  test('random changes of a view keep the length of texts and lists, and never change an id', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const after = changed(view, 1, new Chance(seed)) as typeof view;
      expect(after).not.toEqual(view);
      expect(after.things).toHaveLength(20);
      expect(after.name).toHaveLength(5);
      const ids = after.things.map(({ id }) => id);
      const isNew = ids[1] === 'o0';
      expect(ids.slice(isNew ? 1 : 0)).toEqual(view.things.slice(0, isNew ? 19 : 20).map(({ id }) => id));
    }
  });
});

describe('figures of differential sync', () => {
  test('the patch for one change in a list has a fraction of the bytes of the view, with and without a coding', () => {
    const { pairs, patches, bytes } = syncFigures(screenPairs('things', view, 1));
    expect([pairs, patches]).toEqual([50, 50]);
    expect(bytes.patch).toBeLessThan(bytes.full / 10);
    expect(bytes.patchGzip).toBeLessThan(bytes.fullGzip / 3);
  });

  test('the figures of sync count the complete view when the patch is not shorter', () => {
    const { patches, bytes } = syncFigures(screenPairs('small', { a: 'x', b: 'y' }, 20));
    expect([patches, bytes.patch]).toEqual([0, bytes.full]);
  });

  test('the figures of sync include series of GitHub payloads for seven event types', () => {
    expect(webhookPairs().map(({ of, pairs }) => [of, pairs.length > 5])).toEqual(
      ['pull_request', 'issues', 'issue_comment', 'check_run', 'release', 'repository', 'workflow_job'].map(
        (kind) => [kind, true],
      ),
    );
  });
});

test('ADR 8: zstd and brotli of this Node accept a dictionary, and decoding without it fails', () => {
  const dictionary = Buffer.from(JSON.stringify(view));
  const text = JSON.stringify({ ...view, name: 'Beta' });
  const coded = zstdCompressSync(text, { dictionary });
  expect(coded.length).toBeLessThan(zstdCompressSync(text).length / 2);
  expect(zstdDecompressSync(coded, { dictionary }).toString()).toBe(text);

  const options = { dictionary, params: {} };
  const brotli = brotliCompressSync(text, options);
  expect(brotli.length).toBeLessThan(brotliCompressSync(text).length / 2);
  expect(brotliDecompressSync(brotli, options).toString()).toBe(text);
  expect(() => brotliDecompressSync(brotli)).toThrow();
});
