import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { freshClone, type FreshClone } from './proof/fresh-clone.ts';
import { adoptedWorld } from './adopt/probe-adopted-world.ts';
import { mentionsOf } from './adopt/example.ts';

/**
 * `npm run prove-adoption [-- --families=web --scope=@apex]`: adopts the documents of test/data/travel in a
 * fresh clone of the last commit, adds screens and writes to each BFF, searches for words of the example,
 * runs `npm run check`, starts the world, and calls every screen, page and write. With `--keep` the example
 * stays, and the documents become five additional services. Prints the duration of each step. Exit code 1 at
 * the first failure.
 */
const {
  families = '',
  scope = '',
  keep = false,
} = parseArgs({
  options: { families: { type: 'string' }, scope: { type: 'string' }, keep: { type: 'boolean' } },
}).values;
const travel = resolve(import.meta.dirname, '../test/data/travel');
const documents = mkdtempSync(join(tmpdir(), 'travel-'));
cpSync(travel, documents, { recursive: true });
if (keep) cpSync(join(travel, '../parcel.yaml'), join(documents, 'parcel.yaml'));
const example = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../libs/services/example.json'), 'utf8'),
) as { words: string };

/**
 * Returns whether a file must name the scopes of OpenID Connect, of which one is a word of the example too.
 */
const isWordOfStandard = (file: string): boolean =>
  /^tools\/dev-idp\/src\/(?:.*\/)?provider-configuration\.ts$/.test(file);
/**
 * Returns whether a file may mention removed families: generators copy any family, clients of the demo log in
 * at any BFF, and tests of the engine need names of audiences.
 */
const isAboutAnyFamily = (file: string): boolean =>
  /\/test\/|^tools\/(?:generators|demo-world\/src)\//.test(file);
const appsOf = ({ folder }: FreshClone): readonly string[] => readdirSync(join(folder, 'apps'));

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const clone = await freshClone();
const begun = performance.now();
async function step(title: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  say(`${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s  ${title}`);
}
const run = (command: string): Promise<void> =>
  step(command.replaceAll(documents, 'travel'), async () => void (await clone.run(command)));
const commit = (message: string): Promise<void> =>
  run(`git add --all && git commit --quiet --message '${message}'`);

/** Additions to each BFF, besides the screens and the page that adopt creates. */
const additions = [
  'screen journey --sources=trip.readTrip,traveller.readTraveller,booking.latestBookings --scopes=trip:read,traveller:read,booking:read',
  'write book --call=booking.book --scopes=booking:write',
  'write replace-trip --call=trip.replaceTrip --scopes=trip:write',
  'write cancel-trip --call=trip.cancelTrip --scopes=trip:write',
];
const bodies = {
  replaceTrip: { title: 'Alps by train', legs: [] },
  book: { fare_id: 'fare-3', passengers: 2 },
};

async function adopt(): Promise<void> {
  const before = appsOf(clone);
  const files = readdirSync(documents).map((name) => join(documents, name));
  const options = [families && ` --families=${families}`, scope && ` --scope=${scope}`].join('');
  await run(`npx nx g @bff/tools:adopt --openapi=${files.join(',')}${options}`);
  await commit('adopted');
  const tools = scope === '' ? '@bff/tools' : `${scope}/tools`;
  for (const app of appsOf(clone))
    for (const addition of additions) await run(`npx nx g ${tools}:${addition} --app=${app} --allow-dirty`);
  await commit('a screen, a page and writes for each');
  await step('words of the example: 0', async () => lookFor(mentionsOf(example.words), isWordOfStandard));
  const lost = before.filter((app) => !appsOf(clone).includes(app));
  if (lost.length > 0)
    await step(`no mention of ${lost.join(', ')}`, async () =>
      lookFor((text) => lost.some((app) => text.includes(app)), isAboutAnyFamily),
    );
}

async function addServices(): Promise<void> {
  for (const file of readdirSync(documents))
    await run(
      `npx nx g @bff/tools:service ${file.replace('.yaml', '')} --openapi=${join(documents, file)} --allow-dirty`,
    );
  await run(
    'npx nx g @bff/tools:screen journey --app=web-bff --sources=trip.listTrips,traveller.readTraveller --allow-dirty',
  );
  await commit('five more services');
}

try {
  await run('npm ci');
  await (keep ? addServices() : adopt());
  await run('npm run check');
  if (!keep)
    await step('npm start: every screen, page and write of each BFF', async () =>
      (await adoptedWorld(clone, bodies)).forEach((line) => say(`           ${line}`)),
    );
  say(`an adopted copy passes every check: ${((performance.now() - begun) / 60_000).toFixed(1)} minutes`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  clone.remove();
  rmSync(documents, { recursive: true });
}

/** Searches all files. @throws {Error} with the lines that mention removed names */
function lookFor(mentions: (text: string) => boolean, isAllowed: (file: string) => boolean): void {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: clone.folder, encoding: 'utf8' }).split('\0');
  const found = files
    .filter((file) => file !== '' && !isAllowed(file) && file !== 'package-lock.json')
    .flatMap((file) => [
      ...(mentions(file) ? [`${file}: the file name`] : []),
      ...readFileSync(join(clone.folder, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (mentions(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    ]);
  if (found.length > 0)
    throw new Error(`removed names are mentioned ${found.length} times:\n${found.join('\n')}`);
}
