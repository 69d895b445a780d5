import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Migration {
  /** First version of the template that contains it. */
  readonly version: string;
  readonly description: string;
  /** Module and function. */
  readonly implementation: string;
}

const folder = 'tools/generators';

export function migrationsOf(root: string): Readonly<Record<string, Migration>> {
  const file = join(root, folder, 'migrations.json');
  if (!existsSync(file)) return {};
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly generators: Record<string, Migration> })
    .generators;
}

/**
 * Returns the names of migrations that only the new rendering has. Compares lists instead of versions, which
 * would be wrong for a copy made between two releases.
 */
export function newMigrations(old: string, next: string): string[] {
  const known = migrationsOf(old);
  return Object.keys(migrationsOf(next)).filter((name) => !Object.hasOwn(known, name));
}

/** Returns the list that `nx migrate --run-migrations` reads. */
export function migrationList(root: string, names: readonly string[]): object {
  const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { name: string };
  const all = migrationsOf(root);
  return { migrations: names.map((each) => ({ ...all[each], package: name, name: each })) };
}
