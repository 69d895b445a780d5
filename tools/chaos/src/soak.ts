import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bffNames } from './fleet/fleet.ts';
import { lineChart } from './report/line-chart.ts';
import { runSoak } from './soak-run.ts';
import { textTable } from './report/text-table.ts';

/**
 * `npm run soak -- [--minutes 10] [--rate 60] [--chart docs/soak.svg]`: measures the memory of each BFF under
 * load, time-outs, faults and client disconnects. Exit code 1 when an answer is wrong, or a heap grows by
 * more than 20 MB per 100,000 requests with 95 % confidence.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '60' },
    chart: { type: 'string' },
  },
});
const perRequest = 20_000_000 / 100_000;
const report = await runSoak({ seconds: Number(values.minutes) * 60, rate: Number(values.rate) });
const { points, growth, wrong } = report;
const mega = (bytes: number): string => (bytes / 1e6).toFixed(1);
const first = points[Math.floor(points.length / 3)];
const last = points.at(-1);
process.stdout.write(
  `${last?.requests} requests in ${Math.round(last?.seconds ?? 0)} s, Redis keys ${first?.redisKeys} -> ${last?.redisKeys}\n` +
    `${textTable(
      ['process', 'heap MB', 'code MB', 'rss MB', 'handles', 'bytes/request', '95 % from', 'to'],
      bffNames.map((name) => [
        name,
        `${mega(first?.held[name].heap ?? NaN)} -> ${mega(last?.held[name].heap ?? NaN)}`,
        `${mega(first?.held[name].code ?? NaN)} -> ${mega(last?.held[name].code ?? NaN)}`,
        `${mega(first?.held[name].rss ?? NaN)} -> ${mega(last?.held[name].rss ?? NaN)}`,
        `${first?.held[name].handles} -> ${last?.held[name].handles}`,
        growth[name].slope.toFixed(1),
        growth[name].low.toFixed(1),
        growth[name].high.toFixed(1),
      ]),
    )}\n` +
    wrong
      .slice(0, 10)
      .map((why) => `  ${why}\n`)
      .join(''),
);
if (values.chart !== undefined) {
  const colors = ['#1f6feb', '#2da44e', '#bf3989', '#bc4c00'];
  const lines = bffNames.map((name, index) => ({
    name,
    color: colors[index] ?? '#000',
    points: points.map(({ requests, held }) => [requests, held[name].heap / 1e6] as const),
  }));
  writeFileSync(
    values.chart,
    lineChart('Heap at rest after a collection, without code', 'requests', 'MB', lines),
  );
}
process.exit(wrong.length === 0 && bffNames.every((name) => growth[name].low < perRequest) ? 0 : 1);
