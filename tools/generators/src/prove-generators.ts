import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { freshClone } from './fresh-clone.ts';

/**
 * `node tools/generators/src/prove-generators.ts`: in a fresh clone of what is committed, makes one of each kind and runs
 * `npm run check` over all. Prints how long each command took. Exit 1 at the first that fails.
 */
const appsWithTables = readdirSync(resolve(import.meta.dirname, '../../../apps'));
/** Apps without scopes pass them over. */
const scopes = '--scopes=parcels:read';
const more = '--allow-dirty';
const commands = [
  'npm ci',
  'npx nx g @bff/tools:service parcel --openapi=tools/generators/test/data/parcel.yaml',
  ...appsWithTables.flatMap((app) => [
    `npx nx g @bff/tools:screen parcels --app=${app} --sources=parcel.listParcels ${scopes} ${more}`,
    `npx nx g @bff/tools:write redirect-parcel --app=${app} --call=parcel.redirectParcel ${scopes} ${more}`,
  ]),
  `npx nx g @bff/tools:bff iot-bff --like=mobile-bff --port=3004 ${more}`,
  `npx nx g @bff/tools:bff kiosk-bff --like=web-bff --port=3005 ${more}`,
  `npx nx g @bff/tools:bff depot-bff --like=partner-bff --port=3006 ${more}`,
  'npm install',
  // Some checks look at what git knows.
  'git add --all && git commit --quiet --message generated',
  'npm run check',
];

const clone = await freshClone();
try {
  for (const command of commands) {
    const start = performance.now();
    await clone.run(command);
    process.stdout.write(`${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s  ${command}\n`);
  }
  process.stdout.write('what the generators make passes every check\n');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  clone.remove();
}
