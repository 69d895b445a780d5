import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startBenchWorld } from './performance/cases/bench-world.ts';
import { breakDown, type CpuProfile } from './performance/profiling/cpu-profile.ts';
import { flameChart } from './performance/profiling/flame-chart.ts';
import { withRegions } from './report/page-regions.ts';
import { stageTable } from './performance/profiling/stage-table.ts';

/**
 * Takes a CPU profile of web-bff (`npm run profile`): shows where the time of an uncached screen goes, by
 * stage and as a flame chart. The load is steady: under a saturating load on shared cores, waiting would
 * count as cost.
 */
const root = resolve(import.meta.dirname, '../../..');
const perSecond = 200;
const requests = 4_000;

const folder = mkdtempSync(join(tmpdir(), 'cpu-profile-'));
const world = await startBenchWorld();
try {
  const profiled = await world.start({
    name: 'cold',
    server: 'web-bff',
    env: { NODE_OPTIONS: `--cpu-prof --cpu-prof-interval=200 --cpu-prof-dir=${folder}` },
  });
  const job = { origins: profiled.origins, targets: profiled.targets, status: 200, perSecond };
  await world.load.run({ ...job, requests: world.users });
  const { seconds } = await world.load.run({ ...job, requests });
  await profiled.stop();
  const [file = ''] = readdirSync(folder);
  const cpuProfile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  const map = readFileSync(resolve(root, 'apps/web-bff/dist/bundle/main.js.map'), 'utf8');
  const { stages, flame } = breakDown(cpuProfile, map, seconds * 1e6);
  const table = stageTable(stages, requests);
  const page = resolve(root, 'docs/performance.md');
  writeFileSync(resolve(root, 'docs/performance-flame.svg'), flameChart(flame));
  writeFileSync(page, withRegions(readFileSync(page, 'utf8'), { 'bench:stages': table }));
  process.stdout.write(`${table}\n`);
} finally {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
}
