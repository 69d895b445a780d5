import { markdownTable, type Column } from '../report/markdown-table.ts';
import { grouped } from '../report/numbers.ts';
import { savedPercent } from '../sizes/null-savings.ts';
import type { SyncFigures } from './sync-figures.ts';

/** Content of `docs/sync-sizes.json`. */
export interface SyncReport {
  readonly screens: readonly SyncFigures[];
  readonly series: readonly SyncFigures[];
}

const right = (title: string): Column => ({ title, align: 'right' });
const saved = (before: number, after: number): string => `${savedPercent(before, after).toFixed(0)} %`;

const sizes = ({ bytes: { full, patch, fullGzip, patchGzip } }: SyncFigures): string[] => [
  grouped(full),
  grouped(patch),
  saved(full, patch),
  grouped(fullGzip),
  grouped(patchGzip),
  saved(fullGzip, patchGzip),
];
const sizeColumns = ['200', '226', 'saved', '200 gzip', '226 gzip', 'saved'].map(right);

export const savingsTable = ({ screens }: SyncReport): string =>
  markdownTable(
    [{ title: 'screen' }, right('changes'), right('patches'), ...sizeColumns],
    screens.map((each) => [
      each.of,
      String(each.changes),
      `${each.patches} of ${each.pairs}`,
      ...sizes(each),
    ]),
  );

export const seriesTable = ({ series }: SyncReport): string =>
  markdownTable(
    [{ title: 'payloads' }, right('patches'), ...sizeColumns],
    series.map((each) => [`\`${each.of}\``, `${each.patches} of ${each.pairs}`, ...sizes(each)]),
  );

const ways = ['200 gzip', '226 gzip', 'dcz 3', 'dcz 19', 'deflate'];

export const dictionaryTable = ({ screens, series }: SyncReport): string =>
  markdownTable(
    [{ title: 'what' }, ...[...ways, ...ways.map((way) => `CPU ${way}`)].map(right)],
    [...screens, ...series].map(({ of, changes, bytes, cpuUs }) => [
      changes === undefined ? `\`${of}\`` : `${of}, ${changes} changed`,
      ...[bytes, cpuUs].flatMap(({ fullGzip, patchGzip, dcz3, dcz19, deflate }) =>
        [fullGzip, patchGzip, dcz3, dcz19, deflate].map(grouped),
      ),
    ]),
  );
