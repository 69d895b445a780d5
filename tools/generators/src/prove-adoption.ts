import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { freshClone } from './fresh-clone.ts';
import { adoptedWorld } from './adopt/probe-adopted-world.ts';
import { mentionsOf } from './adopt/example.ts';

/**
 * `npm run prove-adoption [-- --families=web --scope=@apex]`: in a fresh clone of what is committed, adopts the documents of
 * test/data/travel, adds a write to each BFF, runs `npm run check`, starts the world, calls a screen and a write of each
 * BFF, and looks for words of the example. Prints how long each step took. Exit 1 at the first that fails.
 */
const { families = '', scope = '' } = parseArgs({
  options: { families: { type: 'string' }, scope: { type: 'string' } },
}).values;
const travel = resolve(import.meta.dirname, '../test/data/travel');
const documents = mkdtempSync(join(tmpdir(), 'travel-'));
cpSync(travel, documents, { recursive: true });
const example = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../libs/services/example.json'), 'utf8'),
) as { words: string };

/** A provider has to name the scopes of OpenID Connect. */
const allowed = /^tools\/dev-idp\/src\/(?:.*\/)?provider-configuration\.ts$/;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const clone = await freshClone();
const begun = performance.now();
async function step(title: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  say(`${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s  ${title}`);
}
const run = (command: string): Promise<void> => step(command, () => clone.run(command));

try {
  const files = readdirSync(documents).map((name) => join(documents, name));
  const options = [families && ` --families=${families}`, scope && ` --scope=${scope}`].join('');
  await run('npm ci');
  await run(`npx nx g @bff/tools:adopt --openapi=${files.join(',')}${options}`);
  await run('git add --all && git commit --quiet --message adopted');
  const tools = scope === '' ? '@bff/tools' : `${scope}/tools`;
  for (const app of readdirSync(join(clone.folder, 'apps')))
    await run(`npx nx g ${tools}:write book --app=${app} --call=booking.book --scopes=booking:read --allow-dirty`);
  await run('git add --all && git commit --quiet --message "a write for each"');
  await step('words of the example: 0', async () => lookForWords());
  await run('npm run check');
  await step('npm start: a screen and a write of each BFF', () => adoptedWorld(clone));
  say(`an adopted copy passes every check: ${((performance.now() - begun) / 60_000).toFixed(1)} minutes`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  clone.remove();
  rmSync(documents, { recursive: true });
} // prettier-ignore

/** @throws {Error} with the lines that mention the example */
function lookForWords(): void {
  const mentions = mentionsOf(example.words);
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: clone.folder, encoding: 'utf8' }).split('\0');
  const found = files
    .filter((file) => file !== '' && !allowed.test(file) && file !== 'package-lock.json')
    .flatMap((file) => [
      ...(mentions(file) ? [`${file}: the file name`] : []),
      ...readFileSync(join(clone.folder, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (mentions(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    ]);
  if (found.length > 0)
    throw new Error(`the example is mentioned ${found.length} times:\n${found.join('\n')}`);
}
