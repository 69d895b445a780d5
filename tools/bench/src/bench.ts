import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAll } from './performance/measure/measure-all.ts';
import { mergeReports } from './performance/report/merge-reports.ts';
import { performanceChart } from './performance/report/performance-chart.ts';
import { regionsOf, withPerformance } from './performance/report/performance-page.ts';
import type { PerformanceReport } from './performance/report/performance-report.ts';

/**
 * `npm run bench`: measures the built web-bff and comparable servers (the peers), and updates
 * `docs/performance*`. Linux only.
 *
 * --check: exit code 1 when a target is missed by more than the spread. --short: measures only the peers,
 * which takes about two minutes.
 * --only peers,latency: measures only these groups. --update: replaces only their figures in the files.
 * --before main.js: also measures an older bundle of web-bff.
 * --processes (4): number of processes that measure each case. --rounds (8): number of rounds over all
 * processes; --requests (3000): number of requests in a round. Smaller numbers shorten the run and widen the
 * intervals; the page states them. --warm-up (12000): number of requests before a measurement, during which
 * V8 optimizes. Files are written only by a run of all groups, or with --update.
 */
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    update: { type: 'boolean', default: false },
    before: { type: 'string' },
    processes: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '8' },
    requests: { type: 'string', default: '3000' },
    'warm-up': { type: 'string', default: '12000' },
  },
});
const [processes, rounds, requests, warmUp] = [
  values.processes,
  values.rounds,
  values.requests,
  values['warm-up'],
].map(Number) as [number, number, number, number];
if (!(processes >= 1 && rounds >= 1 && requests >= 1 && warmUp >= 1))
  throw new TypeError('--processes, --rounds, --requests and --warm-up must be numbers of at least 1');
const effort = values.short
  ? { processes: 3, rounds: 3, requests: 1_500, warmUp: 1_500 }
  : { processes, rounds, requests, warmUp };
const only = values.short ? ['peers'] : values.only?.split(',');
const report = await measureAll({
  ...effort,
  ...(only && { only }),
  ...(values.before !== undefined && { before: resolve(values.before) }),
  onProgress: (text) => void process.stderr.write(`${text}\n`),
});

const hasRows = (text: string): boolean => text !== '' && text.split('\n').length !== 2;
process.stdout.write(`${Object.values(regionsOf(report)).filter(hasRows).join('\n\n')}\n`);
if ((!only || values.update) && values.before === undefined) {
  const docs = resolve(import.meta.dirname, '../../../docs');
  const [page, data] = [resolve(docs, 'performance.md'), resolve(docs, 'performance.json')];
  const written = only
    ? mergeReports(JSON.parse(readFileSync(data, 'utf8')) as PerformanceReport, report)
    : report;
  const text = withPerformance(readFileSync(page, 'utf8'), written);
  writeFileSync(data, `${JSON.stringify(written, null, 2)}\n`);
  writeFileSync(resolve(docs, 'performance.svg'), performanceChart(written));
  writeFileSync(page, text);
}
if (values.check && report.targets.some(({ kept }) => !kept)) process.exitCode = 1;
