import { runRollingRestart } from './rolling-run.ts';

/**
 * `npm run rolling`: restarts three replicas of web-bff one by one under load. Exit code 1 when a request
 * failed.
 */
const { requests, counts, p99, exitCodes, failures } = await runRollingRestart({ replicas: 3, rate: 40 });
process.stdout.write(
  `${requests} requests during the restart: ${JSON.stringify(counts)}, p99 ${Math.round(p99)} ms, exit codes ${exitCodes.join(', ')}\n` +
    failures
      .slice(0, 10)
      .map((line) => `  ${line}\n`)
      .join(''),
);
process.exit(failures.length === 0 && exitCodes.every((code) => code === 0) ? 0 : 1);
