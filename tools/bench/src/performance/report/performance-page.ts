import { withRegions } from '../../report/page-regions.ts';
import type { PerformanceReport } from './performance-report.ts';
import { costTables, latencyTable, machineLine, targetTable } from './performance-tables.ts';
import { overloadTable, transientTable } from './transient-tables.ts';

/** Returns the content of each region of the page. */
export const regionsOf = (report: PerformanceReport): Readonly<Record<string, string>> => ({
  'bench:machine': machineLine(report),
  'bench:costs': costTables(report),
  'bench:latency': latencyTable(report),
  'bench:cold-start': transientTable(report.coldStart),
  'bench:neighbour': transientTable(report.neighbour),
  'bench:overload': overloadTable(report.overload),
  'bench:targets': targetTable(report),
});

/** Returns the page with the figures of a run. @throws {Error} when the page lacks a table's markers */
export const withPerformance = (page: string, report: PerformanceReport): string =>
  withRegions(page, regionsOf(report));
