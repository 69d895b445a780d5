import { parseArgs } from 'node:util';
import { repository } from './apps.ts';
import { DeriveError } from './derive/derive-error.ts';
import { deriveTree } from './derive/derive-tree.ts';

/**
 * `npm run derive`: rewrites every file that follows from the registry of services and the tables, settings and contracts
 * of the apps. A contract that would break a client of the committed one is refused, unless `--accept-breaking` is given.
 * `npm run derive -- --check`: exits 1 and names each stale file, and writes nothing.
 */
const { check, 'accept-breaking': acceptBreaking } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    'accept-breaking': { type: 'boolean', default: false },
  },
}).values;

function fail(line: string): void {
  process.stderr.write(`derive: ${line}\n`);
  process.exitCode = 1;
}

try {
  const { stale, breaks } = await deriveTree(repository, { check, acceptBreaking });
  for (const { app, changes } of breaks)
    fail(`apps/${app}/openapi.json: its clients would break; if this is meant, add --accept-breaking\n  ${changes.join('\n  ')}`); // prettier-ignore
  if (check) for (const file of stale) fail(`${file} is stale; run npm run derive`);
  else if (breaks.length > 0) fail('nothing was written');
  else for (const file of stale) process.stdout.write(`derive: wrote ${file}\n`);
  if (stale.length === 0) process.stdout.write('derive: everything is up to date\n');
} catch (error) {
  if (!(error instanceof DeriveError)) throw error;
  fail(error.message);
}
