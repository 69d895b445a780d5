import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FreshClone } from '../proof/fresh-clone.ts';

/**
 * Replaces a part of a file. @throws {Error} when the file lacks it, so that a change that was not made
 * cannot count as proved
 */
export function edit(folder: string, path: string, from: string, to: string): void {
  const file = join(folder, path);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no "${from}"`);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}

const installed = 'tools/generators/package.json';
const generators = 'tools/generators';

/**
 * Prepares the template before its first version: an older dependency that a later version updates, and the
 * address from which copies fetch it.
 */
export async function prepareTemplate(clone: FreshClone): Promise<void> {
  edit(
    clone.folder,
    'package.json',
    '  "license"',
    `  "repository": ${JSON.stringify(clone.folder)},\n  "license"`,
  );
  edit(clone.folder, installed, '"leven": "4.1.0"', '"leven": "4.0.0"');
  await clone.run('npm install');
}

interface LaterVersion {
  /** The conventional commit message, which determines the version. */
  readonly message: string;
  readonly version: string;
  make(clone: FreshClone): Promise<void> | void;
}

export const laterVersions: readonly LaterVersion[] = [
  {
    message: 'fix(service-kit): ask the system for random bytes half as often',
    version: '1.0.1',
    make({ folder }) {
      edit(folder, 'libs/service-kit/src/core/random-hex.ts', 'Buffer.alloc(4_096)', 'Buffer.alloc(8_192)');
    },
  },
  {
    message: 'feat(service-kit): a setting that is new, and a later leven',
    version: '1.1.0',
    async make(clone) {
      edit(
        clone.folder,
        'libs/service-kit/src/config/service-settings.ts',
        '    headersTimeoutMs: {',
        `    trialMs: {\n      env: 'TRIAL_MS',\n      schema: integer(1, 1_000),\n      default: 10,\n      meaning: 'milliseconds of a trial',\n    },\n    headersTimeoutMs: {`,
      );
      edit(clone.folder, installed, '"leven": "4.0.0"', '"leven": "4.1.0"');
      await clone.run('npm install && npx nx sync');
    },
  },
  {
    message: 'feat(generators)!: screens say their budget',
    version: '2.0.0',
    make({ folder }) {
      const source = `${generators}/src/source/screen-source.ts`;
      edit(folder, source, '      `sources: {', "      'budgetMs: 2_000',\n      `sources: {");
      const migration = readFileSync(join(folder, generators, 'test/data/upgrade/declare-budgets.ts'), 'utf8');
      writeFileSync(join(folder, generators, 'src/migrations/declare-budgets.ts'), migration.replace('../../../src/migrations/', './'));
      const declareBudgets = {
        version: '2.0.0',
        description: 'screens say their budget',
        implementation: './src/migrations/declare-budgets.ts#declareBudgets',
      };
      edit(folder, `${generators}/migrations.json`, '{}', JSON.stringify({ 'declare-budgets': declareBudgets }));
      edit(folder, `${generators}/src/adopt/templates/README.md.txt`, '## Yours\n', '## Yours\n\nScreens say their budget.\n');
    },
  },
]; // prettier-ignore
