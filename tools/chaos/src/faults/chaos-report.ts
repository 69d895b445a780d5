import type { Observation } from './observe.ts';
import { textTable } from '../report/text-table.ts';

const whole = (value: number): string => (Number.isFinite(value) ? String(Math.round(value)) : '-');
const seconds = (ms: number | null): string => (ms === null ? '-' : (ms / 1_000).toFixed(1));

/** Returns the table that `npm run chaos` prints and the documentation contains. */
export const chaosTable = (observations: readonly Observation[]): string =>
  textTable(
    [
      'fault',
      'requests',
      'complete',
      'degraded',
      '4xx',
      '5xx allowed',
      '5xx other',
      'broken',
      'wrong',
      'lost writes',
      'p50 ms',
      'p99 ms',
      'affected (s)',
      'recovery (s)',
    ],
    observations.map(
      ({ name, requests, counts, lostWrites, p50, p99, degradedAfter, recoveredAfter, isWell }) => [
        name,
        ...[
          requests,
          counts.complete,
          counts.degraded,
          counts.refused,
          counts.unavailable,
          counts.forbidden,
          counts.broken,
          counts.wrong,
          lostWrites,
        ].map(String),
        whole(p50),
        whole(p99),
        seconds(degradedAfter),
        `${isWell ? '' : '> '}${seconds(recoveredAfter)}`,
      ],
    ),
  );

export function chaosSummary(observations: readonly Observation[]): string {
  const sum = (of: (each: Observation) => number): number =>
    observations.reduce((total, each) => total + of(each), 0);
  return (
    `${observations.length} faults, ${sum(({ requests }) => requests)} requests: ` +
    `${sum(({ counts }) => counts.wrong)} wrong answers, ${sum((each) => each.lostWrites)} lost writes, ` +
    `${sum(({ counts }) => counts.forbidden)} forbidden 5xx, ${sum(({ failures }) => failures.length)} kinds of failure`
  );
}
