import { withRegions } from '../report/page-regions.ts';
import type { SizesReport } from './report.ts';
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

/** Returns the page with its figures. @throws {Error} when the page lacks a table's markers */
export function withFigures(page: string, report: SizesReport): string {
  const tables = Object.entries(regions).map(([name, render]) => [`sizes:${name}`, render(report)]);
  return withRegions(page, Object.fromEntries(tables) as Record<string, string>);
}
