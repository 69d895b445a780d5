import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatted } from './formatted.ts';
import { clientTypes } from './openapi-client-types.ts';
import { breakingChanges } from './openapi-compatibility.ts';

/**
 * `npm run clients [-- web-bff ...]`: writes `openapi.json` and `client/schema.ts` of these apps, or of all, from what
 * they serve now. A change that would break a client of the old document is refused, and nothing of that app is
 * written, unless `--accept-breaking` says that it is meant.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'accept-breaking': { type: 'boolean', default: false } },
});
const root = resolve(import.meta.dirname, '../../..');
const apps = positionals.length > 0 ? positionals : ['web-bff', 'mobile-bff', 'partner-bff'];

/** What every app exports there. */
interface Contract {
  readonly openApiDocument: () => object;
}

for (const app of apps) {
  const folder = `${root}/apps/${app}`;
  const snapshot = `${folder}/openapi.json`;
  const { openApiDocument } = (await import(`${folder}/src/contract/openapi.ts`)) as Contract;
  const text = `${JSON.stringify(openApiDocument(), undefined, 2)}\n`;
  const broken = existsSync(snapshot)
    ? breakingChanges(JSON.parse(readFileSync(snapshot, 'utf8')), JSON.parse(text))
    : [];
  if (broken.length > 0 && !values['accept-breaking']) {
    process.stderr.write(`${app}: breaks its clients\n  ${broken.join('\n  ')}\n`);
    process.exitCode = 1;
    continue;
  }
  writeFileSync(snapshot, await formatted(text, 'json'));
  writeFileSync(`${folder}/client/schema.ts`, await clientTypes(text));
  process.stdout.write(`${app}: openapi.json and client/schema.ts\n`);
}
