import { markdownTable } from '../../report/markdown-table.ts';
import { grouped } from '../../report/numbers.ts';

/** Where the time of the requests of one case went. */
export interface ProfiledCase {
  readonly title: string;
  readonly requests: number;
  /** Microseconds per stage, in all requests. */
  readonly stages: ReadonlyMap<string, number>;
}

/** Returns a table of the microseconds per request: a row per stage, a column per case. */
export function stageTable(cases: readonly ProfiledCase[]): string {
  const names = [...new Set(cases.flatMap(({ stages }) => [...stages.keys()]))];
  const total = (name: string): number =>
    cases.reduce((sum, { stages, requests }) => sum + (stages.get(name) ?? 0) / requests, 0);
  const row = (name: string, microsOf: (one: ProfiledCase) => number): string[] => [
    name,
    ...cases.map((one) => grouped(Math.round(microsOf(one) / one.requests))),
  ];
  return markdownTable(
    [{ title: 'stage' }, ...cases.map(({ title }) => ({ title, align: 'right' as const }))],
    [
      ...names
        .sort((one, other) => total(other) - total(one))
        .map((name) => row(name, ({ stages }) => stages.get(name) ?? 0)),
      row('together', ({ stages }) => [...stages.values()].reduce((sum, micros) => sum + micros, 0)),
    ],
  );
}
