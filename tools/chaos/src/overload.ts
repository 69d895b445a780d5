import { parseArgs } from 'node:util';
import { runOverload } from './overload-run.ts';
import { textTable } from './text-table.ts';

/** `npm run overload -- [--seconds 5]`: one process of web-bff up to three times its capacity; exit code 1 on a failure that is no 503. */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '5' } } });
const steps = await runOverload({ seconds: Number(values.seconds) });
const whole = (value: number): string => (Number.isFinite(value) ? String(Math.round(value)) : '-');
process.stdout.write(
  `${textTable(
    ['load', 'offered/s', 'answered/s', 'answered', 'shed', 'failed', 'p50 ms', 'p99 ms', 'p99 of a refusal ms'],
    steps.map(({ load, offered, goodput, answered, shed, failed, p50, p99, shedP99 }) => [load, ...[offered, goodput, answered, shed, failed, p50, p99, shedP99].map(whole)]),
  )}\n${steps.flatMap(({ failures }) => failures).slice(0, 10).map((line) => `  ${line}\n`).join('')}`,
); // prettier-ignore
process.exit(steps.every(({ failures }) => failures.length === 0) ? 0 : 1);
