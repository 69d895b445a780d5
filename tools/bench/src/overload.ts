import { parseArgs } from 'node:util';
import { markdownTable } from './report/markdown-table.ts';
import { startBenchWorld } from './performance/cases/bench-world.ts';
import { measureOverload } from './performance/measure/measure-overload.ts';

/**
 * `npm run overload -- [--seconds 10] [--rounds 3] [--queue-ms 100]`: loads the built web-bff with half,
 * once, twice and three times its capacity, then half again. Exit code 1 when an answer is neither 200 nor
 * 503. Linux only.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    'queue-ms': { type: 'string' },
  },
});
const queueMs = values['queue-ms'];
const world = await startBenchWorld();
try {
  const env: Record<string, string> = queueMs === undefined ? {} : { MAX_QUEUE_DELAY_MS: queueMs };
  const steps = await measureOverload(world, {
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    env,
  });
  const whole = (value: number): string =>
    Number.isFinite(value) ? Math.round(value).toLocaleString('en') : '-';
  const rows = steps.map(({ factor, ...step }) => [
    `${factor} x capacity`,
    ...[step.offered, step.answered, step.shed, step.failed, step.p50, step.p99, step.shedP99].map(whole),
  ]);
  const figures = ['offered/s', 'answered/s', 'shed/s', 'failed', 'p50 ms', 'p99 ms', 'p99 of 503 ms'];
  const columns = [{ title: 'load' }, ...figures.map((title) => ({ title, align: 'right' as const }))];
  process.stdout.write(`${markdownTable(columns, rows)}\n`);
  if (steps.some(({ failed }) => failed > 0)) process.exitCode = 1;
} finally {
  await world.close();
}
