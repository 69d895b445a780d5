import { runIsolation } from './isolation/isolation-run.ts';

/**
 * `npm run isolation`: reads and writes the data of two tenants, which use the same ids, through every cache.
 * Exits with 1 when data of one tenant reached the other, or when the search missed a planted leak.
 */
const report = await runIsolation(2);
const {
  requests,
  statuses,
  toolResults,
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
  `${requests} requests (${toolResults} successful tool calls; ${Object.entries(statuses)
    .map(([status, count]) => `${count} x ${status}`)
    .join(', ')}), ${upstreamCalls} upstream calls\n` +
    `${searched} items searched: header sections and bodies, ${logLines} log lines, ${redisEntries} Redis entries; ${bytes} bytes including decoded content\n` +
    `${leaks.length} markers of another tenant, ${confused.length} calls with mixed tenants, ${crossed.length} entity tags, bases or cursors of another tenant accepted\n` +
    `the search finds ${proof.found} of ${proof.planted} planted leaks\n` +
    failures
      .slice(0, 20)
      .map((line) => `  ${line}\n`)
      .join(''),
);
process.exit(failures.length === 0 && proof.found === proof.planted ? 0 : 1);
