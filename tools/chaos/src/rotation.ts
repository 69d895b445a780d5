import { runRotation } from './rotation-run.ts';

/**
 * `npm run rotation`: replaces every key of all BFFs under load, as docs/how-to/rotate-keys.md describes.
 * Prints a Markdown table. Exit code 1 when a request failed, a session was lost, or a device received a
 * complete view that it already had.
 */
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;
const heads = ['roll-out', 'seconds', 'requests', 'failed', 'syncs', 'complete views resent'];
process.stdout.write(row(heads) + row(heads.map(() => '---')));
const { steps, failures } = await runRotation({
  rate: 10,
  tell: ({ title, seconds, requests, failed, syncs, fullSyncs }) =>
    void process.stdout.write(row([title, seconds, requests, failed, syncs, fullSyncs])),
});
process.stdout.write(
  failures
    .slice(0, 20)
    .map((line) => `  ${line}\n`)
    .join(''),
);
process.exit(failures.length === 0 && steps.every(({ fullSyncs }) => fullSyncs === 0) ? 0 : 1);
