import { markdownTable } from './report/markdown-table.ts';
import { startBenchWorld } from './performance/cases/bench-world.ts';
import { measureTransients } from './performance/measure/measure-transients.ts';

/**
 * `npm run cold-start`: loads the built web-bff from the moment of its readiness, and while another process
 * uses its core; takes two minutes. Exit code 1 when web-bff refuses or fails a request. Linux only.
 */
const world = await startBenchWorld();
try {
  const figures = await measureTransients(world);
  const rows = figures.map(({ name, perSecond, requests, refused, failed, p99 }) =>
    [
      name,
      ...[perSecond, requests, refused, failed].map(Math.round),
      ...[0, 4, 9].map((at) => Math.round(p99[at] ?? Number.NaN)),
    ].map(String),
  );
  const titles = [
    'requests/s',
    'requests',
    'refused',
    'failed',
    'p99 ms of second 1',
    'of second 5',
    'of second 10',
  ];
  const columns = [{ title: 'load' }, ...titles.map((title) => ({ title, align: 'right' as const }))];
  process.stdout.write(`${markdownTable(columns, rows)}\n`);
  const own = figures.filter(({ name }) => name.startsWith('web-bff'));
  if (own.some(({ refused, failed }) => refused + failed > 0)) process.exitCode = 1;
} finally {
  await world.close();
}
