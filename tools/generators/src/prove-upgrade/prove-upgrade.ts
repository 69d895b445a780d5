import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freshClone, type FreshClone } from '../proof/fresh-clone.ts';
import { adoptedCopy, kinds, ownScreen, type Kind } from './copies.ts';
import { laterVersions, prepareTemplate } from './later-versions.ts';

/**
 * `npm run prove-upgrade [-- --copies=clone,button,squashed,scope --check]`: releases this repository and
 * three later versions, adopts the first one in copies of every kind, edits files that adopters own, and
 * upgrades as docs/how-to/upgrade.md describes: a clone version by version, the others at once. `--check`
 * runs the complete `npm run check` in each copy. Prints the duration of each step. Exit code 1 at the first
 * failure.
 */
const { copies, check } = parseArgs({
  options: {
    copies: { type: 'string', default: kinds.join() },
    check: { type: 'boolean', default: false },
  },
}).values;

/** Replaces `npm run check`, which takes almost an hour for four copies. */
const quickCheck = [
  'npm run format:check',
  'npx nx sync:check',
  'npm run typecheck',
  'npx nx run-many -t test -p services,screens,web-bff --parallel=1 --outputStyle=static',
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const begun = performance.now();
async function step<T>(title: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  say(`${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s  ${title}`);
  return result;
}
const read = ({ folder }: FreshClone, path: string): string => readFileSync(join(folder, path), 'utf8');

const template = await freshClone();
const open = [template];
try {
  await step('template: npm ci', () => template.run('npm ci'));
  await step('template: 1.0.0', async () => {
    await prepareTemplate(template);
    await template.run(
      `git commit --quiet --all --message 'chore: begin' && npx nx release 1.0.0 --first-release --skip-publish`,
    );
  });
  for (const { message, version, make } of laterVersions)
    await step(`template: ${version}, ${message}`, async () => {
      await make(template);
      await template.run(
        `git ls-files -mo --exclude-standard | xargs npx prettier --write --ignore-unknown && git add --all && git commit --quiet --message '${message}'`,
      );
      await template.run('npx nx release --skip-publish');
      await template.run(
        `test "$(git describe --tags)" = v${version} && grep '^#* ${version.replaceAll('.', '\\.')} ' CHANGELOG.md`,
      );
    });
  for (const kind of copies.split(',') as Kind[]) {
    const copy = await step(`${kind}: adopted, with changes of its own`, () => adoptedCopy(template, kind));
    open.push(copy);
    const versions = laterVersions.map(({ version }) => version).slice(kind === 'clone' ? 0 : -1);
    let printed = '';
    for (const version of versions) printed += await upgrade(copy, kind, version);
    await step(`${kind}: has every change of the template, and keeps its own`, () => compare(copy, printed));
    for (const command of check ? ['npm run check'] : quickCheck)
      await step(`${kind}: ${command}`, () => copy.run(command));
    await step(`${kind}: the second run changes nothing`, async () => {
      await copy.run((await commandsOf(copy, versions.at(-1) ?? '')).upgrade);
      await copy.run('test -z "$(git status --porcelain)"');
    });
  }
  say(
    `every copy was upgraded to ${laterVersions.length} later versions: ${((performance.now() - begun) / 60_000).toFixed(1)} minutes`,
  );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  for (const clone of open) clone.remove();
}

/** Returns the commands of docs/how-to/upgrade.md in the copy. */
async function commandsOf(copy: FreshClone, version: string): Promise<{ upgrade: string; commit: string }> {
  const [, block = ''] = /```sh\n([^]*?)```/.exec(read(copy, 'docs/how-to/upgrade.md')) ?? [];
  const [first = '', check, ...rest] = block.trim().replaceAll('1.4.0', version).split('\n');
  if (!first.endsWith(`:upgrade --to=${version}`) || check !== 'npm run check')
    throw new Error(`docs/how-to/upgrade.md has other commands:\n${block}`);
  return { upgrade: first, commit: rest.join('\n') };
}

async function upgrade(copy: FreshClone, kind: Kind, version: string): Promise<string> {
  const commands = await commandsOf(copy, version);
  return step(`${kind}: ${commands.upgrade}`, async () => {
    const printed = await copy.run(commands.upgrade);
    await copy.run(commands.commit);
    await copy.run(
      `grep --quiet '"version": "${version}"' .bff.json && ! git grep --line-number '^<<<<<<< '`,
    );
    return printed;
  });
}

/**
 * Checks the result of an upgrade. @throws {Error} when a change of the template or of the copy is missing
 */
function compare(copy: FreshClone, printed: string): void {
  const screens = readdirSync(join(copy.folder, 'apps')).flatMap((app) =>
    ['booking', 'fare', 'traveller', 'trip'].map((name) => `apps/${app}/src/screens/${name}.ts`),
  );
  const expected: readonly (readonly [string, string])[] = [
    ['libs/service-kit/src/core/random-hex.ts', 'Buffer.alloc(8_192)'],
    ['docs/operations.md', '`TRIAL_MS`'],
    ['docs/operations.md', 'Our operators are on call.'],
    ['tools/generators/package.json', '"leven": "4.1.0"'],
    ...screens.filter((file) => file !== ownScreen).map((file) => [file, 'budgetMs: 2_000'] as const),
    [ownScreen, '...ours,'],
    ['apps/web-bff/src/screens/booking.ts', 'What was booked.'],
    ['libs/services/src/trip.ts', '/** Ours. */'],
    ['docker/compose.yaml', '# Ours.'],
    ['.github/CODEOWNERS', '@travel/services'],
    ['README.md', '# Travel, '],
    ['README.md', 'Screens say their budget.'],
    ['package.json', '"ours": "npm run check"'],
  ];
  const missing = expected.filter(([file, text]) => !read(copy, file).includes(text));
  if (missing.length > 0) throw new Error(missing.map(([file, text]) => `${file} has no ${text}`).join('\n'));
  if (read(copy, ownScreen).includes('budgetMs')) throw new Error(`${ownScreen} was changed`);
  if (!printed.includes(`${ownScreen}: add a budgetMs`))
    throw new Error(`${ownScreen} was not named:\n${printed}`);
}
