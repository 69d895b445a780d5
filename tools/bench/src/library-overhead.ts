import { axiosCases } from './library-overhead/axios-cases.ts';
import { limiterCases } from './library-overhead/limiter-cases.ts';
import { measureInTurns } from './library-overhead/measure-in-turns.ts';
import { opossumCases } from './library-overhead/opossum-cases.ts';
import { markdownTable } from './report/markdown-table.ts';

/**
 * `npm run library-overhead`: measures the CPU time that axios, opossum and rate-limiter-flexible add to one
 * call, through their public API and through the private modules that ADR 16 stopped using. Takes half a
 * minute; writes no file.
 */
const figures = await measureInTurns([...axiosCases, ...opossumCases, ...limiterCases]);
const right = { align: 'right' } as const;
const columns = [
  { title: 'us of CPU a call' },
  { title: 'median', ...right },
  { title: 'min-max', ...right },
];
const rows = figures.map(({ name, micros: [least, median, most] }) => [
  name,
  median.toFixed(2),
  `${least.toFixed(2)}-${most.toFixed(2)}`,
]);
process.stdout.write(`${markdownTable(columns, rows)}\n`);
