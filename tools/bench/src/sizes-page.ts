import { type SizesReport } from './report.ts';
import {
  addressTable,
  degradedTable,
  headerTable,
  nullTable,
  screenTable,
  payloadTable,
} from './sizes-tables.ts';

const regions: Readonly<Record<string, (report: SizesReport) => string>> = {
  screens: screenTable,
  headers: headerTable,
  addresses: addressTable,
  nulls: nullTable,
  payloads: payloadTable,
  degraded: degradedTable,
};

/**
 * The page with its figures: what stands between `<!-- sizes:screens -->` and `<!-- /sizes:screens -->` is replaced,
 * and so on for each table; the rest is left as it is.
 *
 * @throws {Error} when the page lacks the place of a table
 */
export function withFigures(page: string, report: SizesReport): string {
  return Object.entries(regions).reduce((text, [name, render]) => {
    const [begin, end] = [`<!-- sizes:${name} -->`, `<!-- /sizes:${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the page has no place for ${begin}`);
    return `${text.slice(0, from + begin.length)}\n\n${render(report)}\n\n${text.slice(to)}`;
  }, page);
}
