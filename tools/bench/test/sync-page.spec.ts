import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { savedPercent } from '../src/sizes/null-savings.ts';
import { withRegions } from '../src/report/page-regions.ts';
import { dictionaryTable, savingsTable, seriesTable, type SyncReport } from '../src/sync/sync-tables.ts';

const docs = resolve(import.meta.dirname, '../../../docs');
const read = (name: string): string => readFileSync(resolve(docs, name), 'utf8');
const report = JSON.parse(read('sync-sizes.json')) as SyncReport;
const page = read('sync.md');
const record = read('adr/0008-dictionary-compression.md');

describe('the committed figures of differential sync', () => {
  test('the committed figures of sync render exactly docs/sync.md and the decision record', () => {
    const regions = { 'sync:savings': savingsTable(report), 'sync:series': seriesTable(report) };
    expect(withRegions(page, regions)).toBe(page);
    expect(withRegions(record, { 'sync:dictionaries': dictionaryTable(report) })).toBe(record);
    expect(() => withRegions('# no markers', regions)).toThrow('lacks the marker');
  });

  const after = (changes: number) => report.screens.filter((each) => each.changes === changes);
  const range = (values: readonly number[]) =>
    [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(0));

  test('the committed figures of sync support the sentences of docs/sync.md', () => {
    const [least, most] = range(after(1).map(({ bytes }) => bytes.patch));
    expect(page).toContain(`One change costs ${least} to ${most} bytes`);
    const plain = range(after(10).map(({ bytes }) => savedPercent(bytes.full, bytes.patch)));
    const coded = range(after(10).map(({ bytes }) => savedPercent(bytes.fullGzip, bytes.patchGzip)));
    expect(page.replaceAll('\n  ', ' ')).toContain(
      `Ten changes save ${plain.join(' to ')} % uncoded and ${coded.join(' to ')} % after gzip`,
    );
  });

  test('the committed figures of sync support the sentences of the decision record', () => {
    const shares = (those: SyncReport['screens']) => those.map(({ bytes }) => bytes.dcz3 / bytes.patchGzip);
    for (const share of shares(after(1))) expect(share).toBeLessThan(1.3);
    for (const share of shares(after(10))) expect(share).toBeLessThan(0.4);
    for (const share of shares(after(50))) expect(share).toBeLessThan(0.75);
    for (const { bytes } of [...report.screens, ...report.series]) {
      expect(bytes.dcz19).toBeGreaterThan(0.87 * bytes.dcz3);
      expect(bytes.deflate).toBeLessThan(1.55 * bytes.dcz3);
    }
    for (const { bytes } of report.screens) expect(bytes.deflate).toBeLessThan(bytes.dcz3);
  });
});
