import { markdownTable } from '../../report/markdown-table.ts';
import { grouped, percent } from '../../report/numbers.ts';

/** Returns a table of the time per request by stage, in descending order. */
export function stageTable(stages: readonly (readonly [string, number])[], requests: number): string {
  const all = stages.reduce((sum, [, micros]) => sum + micros, 0);
  return markdownTable(
    [{ title: 'stage' }, { title: 'us a request', align: 'right' }, { title: 'share', align: 'right' }],
    stages.map(([stage, micros]) => [
      stage,
      grouped(Math.round(micros / requests)),
      percent((100 * micros) / all),
    ]),
  );
}
