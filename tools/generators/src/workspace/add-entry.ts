import type { Tree } from '@nx/devkit';
import { clientName } from '@bff/upstream-clients';
import { tableOf } from './app.ts';
import { checkName } from './check-workspace.ts';
import { addRow, importsOf } from './edit-source.ts';
import { writeChecked } from './write-checked.ts';

export interface NewEntry {
  readonly name: string;
  readonly constant: string;
  /** Method and path. */
  readonly key: string;
  readonly source: string;
}

const fileOf = (app: string, name: string): string => `apps/${app}/src/screens/${name}.ts`;

/**
 * Checks the name of an entry. @throws {Error} when it is invalid, or used by a file or an import of the
 * table
 */
export function checkEntry(tree: Tree, app: string, name: string): void {
  const imported = importsOf(tree.read(tableOf(app), 'utf8') ?? '');
  checkName(name, () => tree.exists(fileOf(app, name)) || imported.has(clientName(name)));
}

/** Writes the file of a screen or write and its row. @throws {Error} when they would not compile */
export async function addEntry(
  tree: Tree,
  app: string,
  { name, constant, key, source }: NewEntry,
): Promise<void> {
  const table = addRow(tree.read(tableOf(app), 'utf8') ?? '', {
    key,
    constant,
    specifier: `./screens/${name}.ts`,
  });
  const files = { [fileOf(app, name)]: source, [tableOf(app)]: table };
  await writeChecked(tree, files);
}
