import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cloneIn, type FreshClone } from '../proof/fresh-clone.ts';
import { edit } from './later-versions.ts';

export const kinds = ['clone', 'button', 'squashed', 'scope'] as const;
export type Kind = (typeof kinds)[number];

const travel = resolve(import.meta.dirname, '../../test/data/travel');

/** Command that replaces the history by one commit, as some ways of copying a repository do. */
const oneCommit = 'rm -rf .git && git init --quiet && git add --all && git commit --quiet --message copy';

/** Creates a copy of the template's first version, adopted and edited. */
export async function adoptedCopy(template: FreshClone, kind: Kind): Promise<FreshClone> {
  const clone = cloneIn(mkdtempSync(join(tmpdir(), `${kind}-`)));
  const documents = mkdtempSync(join(tmpdir(), 'travel-'));
  try {
    cpSync(travel, documents, { recursive: true });
    await clone.run(`git clone --quiet '${template.folder}' . && git reset --quiet --hard v1.0.0`);
    if (kind === 'button') await clone.run(oneCommit);
    await clone.run('npm ci');
    const files = readdirSync(documents).map((name) => join(documents, name));
    await clone.run(
      `npx nx g @bff/tools:adopt --openapi=${files.join(',')}${kind === 'scope' ? ' --scope=@yours' : ''}`,
    );
    await clone.run('git add --all && git commit --quiet --message adopted');
    if (kind === 'squashed') await clone.run(oneCommit);
    editOwnFiles(clone.folder);
    await clone.run(
      'git ls-files -mo --exclude-standard | xargs npx prettier --write --ignore-unknown && npx nx sync && git add --all && git commit --quiet --message ours',
    );
    return clone;
  } catch (error) {
    clone.remove();
    throw error;
  } finally {
    rmSync(documents, { recursive: true });
  }
}

/** A screen whose structure differs from generated ones. */
export const ownScreen = 'apps/web-bff/src/screens/trip.ts';

/** Edits files that the adopter owns, next to lines that later versions of the template change. */
function editOwnFiles(folder: string): void {
  edit(folder, 'README.md', '# ', '# Travel, ');
  edit(
    folder,
    ownScreen,
    'export const',
    "const ours = { description: 'Where the traveller goes.' };\n\nexport const",
  );
  edit(folder, ownScreen, "screen('trip', {", "screen('trip', {\n  ...ours,");
  edit(
    folder,
    'apps/web-bff/src/screens/booking.ts',
    'summary: ',
    "description: 'What was booked.',\n  summary: ",
  );
  edit(folder, 'libs/services/src/trip.ts', 'export const trip', '/** Ours. */\nexport const trip');
  edit(folder, 'docker/compose.yaml', 'services:\n', '# Ours.\nservices:\n');
  edit(folder, 'docs/operations.md', '\n\n', '\n\nOur operators are on call.\n\n');
  edit(folder, '.github/CODEOWNERS', '/maintainers\n', '/maintainers\n/libs/services/ @travel/services\n');
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { scripts: object };
  writeFileSync(
    file,
    JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, ours: 'npm run check' } }, undefined, 2),
  );
}
