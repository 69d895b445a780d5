import { markdownTable } from '../../report/markdown-table.ts';
import { grouped } from '../../report/numbers.ts';
import type { Interval, OverloadSummary, TransientSummary } from './performance-report.ts';
import { withInterval } from './performance-tables.ts';

const columnsOf = (...[first, ...figures]: readonly [string, ...string[]]) => [
  { title: first },
  ...figures.map((title) => ({ title, align: 'right' as const })),
];
const cell = (figure: Interval | undefined): string => (figure ? withInterval(figure) : '-');

/** Returns the table of loads of ten seconds each. */
export function transientTable(loads: readonly TransientSummary[]): string {
  const seconds = [1, 4, 5, 10];
  const columns = columnsOf(
    'load',
    'requests/s',
    'requests',
    'refused',
    'failed',
    ...seconds.map((second, at) => (at === 0 ? `p99 ms of second ${second}` : `of second ${second}`)),
  );
  const rows = loads.map(({ name, perSecond, requests, refused, failed, p99 }) => [
    name,
    cell(perSecond),
    ...[requests, refused, failed].map(grouped),
    ...seconds.map((second) => cell(p99[second - 1])),
  ]);
  return markdownTable(columns, rows);
}

export function overloadTable(steps: readonly OverloadSummary[]): string {
  const columns = columnsOf(
    'load',
    'offered/s',
    'answered/s',
    'shed/s',
    'failed',
    'p50 ms',
    'p99 ms',
    'p99 of 503 ms',
    'quiet tenant: refused',
    'p99 ms',
    'sent late, p99 ms',
  );
  const rows = steps.map((step) => [
    step.name,
    ...[step.offered, step.answered, step.shed].map(cell),
    grouped(step.failed),
    ...[step.p50, step.p99, step.shedP99].map(cell),
    grouped(step.quietRefused),
    cell(step.quietP99),
    cell(step.sentLateP99),
  ]);
  return markdownTable(columns, rows);
}
