import { markdownTable } from '../../report/markdown-table.ts';
import { grouped } from '../../report/numbers.ts';
import type { Interval, PerformanceReport } from './performance-report.ts';

const right = { align: 'right' } as const;
/** Returns `2 (1–3)`. */
export const withInterval = ({ lower, median, upper }: Interval): string =>
  `${grouped(median)} (${grouped(lower)}–${grouped(upper)})`;

/** Returns one table per group of cases. */
export function costTables({ groups }: PerformanceReport): string {
  const columns = [
    { title: 'case' },
    { title: 'CPU us', ...right },
    { title: 'to the first', ...right },
    { title: 'Redis us', ...right },
    { title: 'requests/s', ...right },
    { title: 'RSS MiB', ...right },
    { title: 'ready ms', ...right },
  ];
  const tables = groups.map(({ name, meaning, cases }) => {
    const rows = cases.map((one) => [
      one.name,
      withInterval(one.cpuMicros),
      withInterval(one.toFirst),
      grouped(one.redisMicros.median),
      grouped(one.perSecond.median),
      grouped(one.residentMiB.median),
      grouped(one.readyMs.median),
    ]);
    return `**${name}**: ${meaning}.\n\n${markdownTable(columns, rows)}`;
  });
  return tables.join('\n\n');
}

export function latencyTable({ latency }: PerformanceReport): string {
  const columns = [{ title: 'request' }, { title: 'p50 ms', ...right }, { title: 'p99 ms', ...right }];
  return markdownTable(
    columns,
    latency.map(({ name, p50, p99 }) => [name, withInterval(p50), withInterval(p99)]),
  );
}

export function targetTable({ targets }: PerformanceReport): string {
  const columns = [
    { title: 'promise' },
    { title: 'measured', ...right },
    { title: 'at most', ...right },
    { title: 'kept' },
  ];
  const rows = targets.map(({ promise, figure, limit, unit, kept }) => [
    promise,
    `${withInterval(figure)} ${unit}`,
    `${grouped(limit)} ${unit}`,
    kept ? (figure.median <= limit ? 'yes' : 'within the spread') : 'no',
  ]);
  return markdownTable(columns, rows);
}

export function machineLine({ machine, effort }: PerformanceReport): string {
  const { cores, cpu, memoryGiB, node, redis } = machine;
  return (
    `${cores} cores of ${cpu}, ${memoryGiB} GiB, Node ${node}, Redis ${redis}; ${effort.processes} processes a case, ` +
    `together ${effort.rounds} rounds of ${grouped(effort.requests)} requests, ${grouped(effort.users)} users.`
  );
}
