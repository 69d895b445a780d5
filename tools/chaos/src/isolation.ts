import { runIsolation } from './isolation/isolation-run.ts';

/**
 * `npm run isolation`: reads and writes for two tenants with the same ids through every cache. Exit code 1
 * when data of one tenant reached the other.
 */
const report = await runIsolation(2);
const {
  requests,
  statuses,
  upstreamCalls,
  logLines,
  redisEntries,
  searched,
  bytes,
  leaks,
  confused,
  crossed,
  proof,
} = report;
const failures = [...leaks, ...confused, ...crossed];
process.stdout.write(
  `${requests} requests (${Object.entries(statuses)
    .map(([status, count]) => `${count} x ${status}`)
    .join(', ')}), ${upstreamCalls} upstream calls\n` +
    `${searched} pieces searched: heads and bodies, ${logLines} log lines, ${redisEntries} Redis entries; ${bytes} bytes with what was packed in them\n` +
    `${leaks.length} words of another tenant, ${confused.length} confused calls, ${crossed.length} tags, bases or cursors taken for one's own\n` +
    `the search finds ${proof.found} of ${proof.planted} planted leaks\n` +
    failures
      .slice(0, 20)
      .map((line) => `  ${line}\n`)
      .join(''),
);
process.exit(failures.length === 0 && proof.found === proof.planted ? 0 : 1);
