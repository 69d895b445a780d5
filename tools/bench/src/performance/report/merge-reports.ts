import { isDeepStrictEqual } from 'node:util';
import type { PerformanceReport } from './performance-report.ts';

/**
 * Returns a report in which the figures of a run of some groups replace the earlier ones.
 * @throws {TypeError} when machine or effort differ, because the page states one for all figures, and when the
 * earlier report lacks a figure of the run
 */
export function mergeReports(complete: PerformanceReport, partial: PerformanceReport): PerformanceReport {
  for (const what of ['machine', 'effort'] as const)
    if (!isDeepStrictEqual(complete[what], partial[what]))
      throw new TypeError(`the ${what} of this run differs from that of the other figures`);
  return {
    ...complete,
    groups: replaced(complete.groups, partial.groups, ({ name }) => name),
    latency: replaced(complete.latency, partial.latency, ({ name }) => name),
    coldStart: replaced(complete.coldStart, partial.coldStart, ({ name }) => name),
    neighbour: replaced(complete.neighbour, partial.neighbour, ({ name }) => name),
    overload: replaced(complete.overload, partial.overload, ({ name }) => name),
    targets: replaced(complete.targets, partial.targets, ({ promise }) => promise),
  };
}

function replaced<T>(all: readonly T[], some: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const unknown = some.find((one) => !all.some((other) => nameOf(other) === nameOf(one)));
  if (unknown) throw new TypeError(`the earlier report has no ${nameOf(unknown)}: run all groups`);
  return all.map((one) => some.find((other) => nameOf(other) === nameOf(one)) ?? one);
}
