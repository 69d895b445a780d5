import { withRegions } from '../../report/page-regions.ts';
import type { PerformanceReport } from './performance-report.ts';
import { costTables, latencyTable, machineLine, targetTable } from './performance-tables.ts';

/** Returns the page with the figures of a run. @throws {Error} when the page lacks a table's markers */
export function withPerformance(page: string, report: PerformanceReport): string {
  return withRegions(page, {
    'bench:machine': machineLine(report),
    'bench:targets': targetTable(report),
    'bench:costs': costTables(report),
    'bench:latency': latencyTable(report),
  });
}
