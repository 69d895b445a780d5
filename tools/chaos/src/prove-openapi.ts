import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bffNames, startFleet, type Fleet } from './fleet/fleet.ts';
import { startCredentials } from './schemathesis/credentials.ts';
import { installSchemathesis } from './schemathesis/install.ts';
import { runSchemathesis } from './schemathesis/run-schemathesis.ts';

/**
 * `npm run prove-openapi -- [--only web-bff] [--examples 30] [--seed 1]`: tests each running BFF against its
 * OpenAPI document with schemathesis: all checks and phases, logged in as a client. Installs schemathesis
 * from PyPI into a temporary folder. Exit code 1 on a finding that `schemathesis/hooks.py` does not explain.
 */
const { only, examples, seed } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    examples: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
}).values;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const chosen = bffNames.filter((name) => only === '' || only.split(',').includes(name));
/** Quotas far above the number of requests, so that they reject none; and a transmitter of signals that sends none. */
const env = {
  BURST_LIMIT: '10000000',
  DAILY_LIMIT: '10000000',
  SIGNALS_ISSUER: 'https://transmitter.example',
  SIGNALS_JWKS_URL: 'https://transmitter.example/jwks',
  SIGNALS_AUDIENCE: 'bff',
  SIGNALS_AUTHORIZATION: 'Bearer a-secret-of-the-transmitter-of-the-test',
};
const folder = mkdtempSync(join(tmpdir(), 'prove-openapi-'));
let fleet: Fleet | undefined;
let failures = 0;
try {
  const st = installSchemathesis(folder);
  fleet = await startFleet({ replicas: 1, env });
  for (const bff of chosen) {
    const begun = performance.now();
    const credentials = await startCredentials(fleet, bff);
    const url = fleet.replicas[bff][0]?.url ?? '';
    const result = await runSchemathesis({
      st,
      folder,
      bff,
      url,
      credentialsUrl: credentials.url,
      examples,
      seed,
    });
    await credentials.check();
    await credentials.close();
    if (!result.isClean) say(result.output);
    failures += Number(!result.isClean);
    say(
      `${bff}: ${result.isClean ? 'nothing' : 'something'} found in ${result.cases} cases, ${Math.round((performance.now() - begun) / 1000)} s; answers ${JSON.stringify(result.statuses)}`,
    );
    for (const [reason, times] of Object.entries(result.dropped))
      say(`  not counted, ${times} times: ${reason}`);
  }
} catch (error) {
  process.stderr.write(`prove-openapi: ${(error as Error).message}\n`);
  failures += 1;
} finally {
  await fleet?.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failures === 0 && chosen.length > 0 ? 0 : 1);
