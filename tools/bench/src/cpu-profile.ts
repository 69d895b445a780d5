import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { freePort } from '@bff/testbed';
import { startBenchWorld } from './performance/cases/bench-world.ts';
import { caseGroups } from './performance/cases/cases.ts';
import { onOwnCore } from './performance/measure/on-own-core.ts';
import { breakDown } from './performance/profiling/cpu-profile.ts';
import { flameChart } from './performance/profiling/flame-chart.ts';
import { inspectorOption, sampleDuring } from './performance/profiling/inspector.ts';
import { stageTable, type ProfiledCase } from './performance/profiling/stage-table.ts';
import { withRegions } from './report/page-regions.ts';

/**
 * Takes CPU profiles of cases of the bench (`npm run profile`): shows by stage where the time of a request goes, beside
 * the servers that the targets compare with, and as a flame chart. Each server is saturated on a core of its own, so
 * that waiting for the core does not count as cost.
 */
const root = resolve(import.meta.dirname, '../../..');
const docs = resolve(root, 'docs');

interface Column {
  readonly title: string;
  /** Group and name of the case. */
  readonly of: readonly [group: string, name: string];
  /** Number of requests before them. default 12,000 */
  readonly warmUp?: number;
  /** Number of profiled requests. default 10,000 */
  readonly requests?: number;
}

const cold = { title: 'web-bff', of: ['peers', 'web-bff'] } as const satisfies Column;
const columns: readonly Column[] = [
  cold,
  { ...cold, title: 'its first 1,000', warmUp: 0, requests: 1_000 },
  { title: 'fastify-usual', of: ['peers', 'fastify-usual'] },
  { title: 'node-http', of: ['peers', 'node-http'] },
  { title: 'warm', of: ['warm', 'warm'] },
  { title: '304', of: ['warm', '304'] },
  { title: 'mobile 200', of: ['sync', 'mobile 200'] },
  { title: 'mobile 226', of: ['sync', 'mobile 226'] },
  { title: '100 KB', of: ['sizes', '100 KB, web-bff'] },
  { title: '100 KB, fastify', of: ['sizes', '100 KB, fastify-usual'] },
];

function caseOf([group, name]: Column['of']) {
  const found = caseGroups.find((one) => one.name === group)?.cases.find((one) => one.name === name);
  if (!found) throw new TypeError(`there is no case ${name} in the group ${group}`);
  return found;
}

const world = await startBenchWorld();
async function measure({ title, of, warmUp = 12_000, requests = 10_000 }: Column) {
  process.stderr.write(`${title}\n`);
  const measured = caseOf(of);
  const port = await freePort();
  const env = { ...measured.env, NODE_OPTIONS: inspectorOption(port) };
  return onOwnCore(world, { ...measured, env }, async ({ origins, targets }) => {
    const job = { origins, targets, status: measured.status ?? 200 };
    const share = measured.share ?? 1;
    if (warmUp > 0) await world.load.run({ ...job, requests: warmUp * share });
    const count = requests * share;
    const taken = await sampleDuring(port, () => world.load.run({ ...job, requests: count }));
    const map = resolve(root, `apps/${measured.server}/dist/bundle/main.js.map`);
    const mapJson = existsSync(map) ? readFileSync(map, 'utf8') : undefined;
    return { title, requests: count, ...breakDown(taken, measured.server, mapJson) };
  });
}

try {
  const cases: ProfiledCase[] = [];
  for (const column of columns) {
    const profiled = await measure(column);
    if (column === cold) writeFileSync(resolve(docs, 'performance-flame.svg'), flameChart(profiled.flame));
    cases.push(profiled);
  }
  const table = stageTable(cases);
  const page = resolve(docs, 'performance.md');
  writeFileSync(page, withRegions(readFileSync(page, 'utf8'), { 'bench:stages': table }));
  process.stdout.write(`${table}\n`);
} finally {
  await world.close();
}
