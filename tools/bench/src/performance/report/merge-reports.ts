import { isDeepStrictEqual } from 'node:util';
import type { PerformanceReport } from './performance-report.ts';

/**
 * Returns a report in which the figures of a run of some groups replace the earlier ones.
 * @throws {TypeError} when machine or effort differ, because the page states one for all figures
 */
export function mergeReports(whole: PerformanceReport, partial: PerformanceReport): PerformanceReport {
  for (const what of ['machine', 'effort'] as const)
    if (!isDeepStrictEqual(whole[what], partial[what]))
      throw new TypeError(`the ${what} of this run differs from that of the other figures`);
  return {
    ...whole,
    groups: replaced(whole.groups, partial.groups, ({ name }) => name),
    latency: replaced(whole.latency, partial.latency, ({ name }) => name),
    coldStart: replaced(whole.coldStart, partial.coldStart, ({ name }) => name),
    neighbour: replaced(whole.neighbour, partial.neighbour, ({ name }) => name),
    overload: replaced(whole.overload, partial.overload, ({ name }) => name),
    targets: replaced(whole.targets, partial.targets, ({ promise }) => promise),
  };
}

const replaced = <T>(all: readonly T[], some: readonly T[], nameOf: (one: T) => string): readonly T[] =>
  all.map((one) => some.find((other) => nameOf(other) === nameOf(one)) ?? one);
