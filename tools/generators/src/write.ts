import { logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { clientName } from '@bff/upstream-clients';
import type { Row } from '@bff/screens';
import { inputsOf } from './source/inputs.ts';
import { writeSource, type OfScreen } from './source/write-source.ts';
import { addEntry, checkEntry } from './workspace/add-entry.ts';
import { appStyle, checkRow, scopesFrom, tableOf, type AppStyle } from './workspace/app.ts';
import { checkWorkspace, type CommonOptions } from './workspace/check-workspace.ts';
import { releasing } from './workspace/lock-workspace.ts';
import { deriveAfter } from './workspace/derive.ts';
import { importsOf } from './workspace/edit-source.ts';
import { importFrom, operationNamed, registeredServices } from './workspace/registry.ts';

export interface WriteOptions extends CommonOptions {
  readonly app: string;
  readonly call: string;
  /** Name of the screen that shows the written resource. */
  readonly of?: string;
  /**
   * Path of the write. Default: that of the screen `of`, or else the name and the parameters of the
   * operation.
   */
  readonly path?: string;
  readonly scopes?: string;
}

/** Adds a write: `nx g @bff/tools:write change-parcel --app=web-bff --call=parcel.change --of=parcel`. */
export const writeGenerator = releasing(
  async (tree: Tree, options: WriteOptions): Promise<GeneratorCallback> => {
    const { name, app } = options;
    checkWorkspace(tree, options);
    const style = await appStyle(tree, app);
    checkEntry(tree, app, name);
    const operation = operationNamed(await registeredServices(tree.root), options.call);
    if (operation.method === 'GET') throw new Error(`"${options.call}" is a read; a write changes something`);
    const scopes = scopesFrom(app, style, options.scopes);
    const row = options.of === undefined ? undefined : rowOf(style, app, options.of);
    const of = row && (await screenOf(tree, app, row));
    const path =
      options.path ??
      row?.path ??
      `/${[name, ...inputsOf(operation).fromPath.map((each) => `{${each}}`)].join('/')}`;
    const key = `${operation.method} ${path}`;
    checkRow(style, key);

    const constant = clientName(name);
    const notes: string[] = [];
    const source = writeSource({ name, constant, scopes }, operation, of, style, notes);
    await addEntry(tree, app, { name, constant, key, source });
    for (const line of notes) logger.warn(line);
    return deriveAfter(tree);
  },
);

function rowOf({ rows }: AppStyle, app: string, screen: string): Row {
  const screens = rows.filter(({ entry }) => entry.kind === 'screen');
  const row = screens.find(({ entry }) => entry.name === screen);
  if (!row)
    throw new Error(
      `${app} has no screen "${screen}"; it has ${screens.map(({ entry }) => entry.name).join(', ')}`,
    );
  return row;
}

/**
 * Finds the import of a screen in the table: imports the modules of screens, and compares their constants.
 */
async function screenOf(tree: Tree, app: string, { entry }: Row): Promise<OfScreen> {
  for (const [constant, specifier] of importsOf(tree.read(tableOf(app), 'utf8') ?? '')) {
    if (!specifier.startsWith('./screens/')) continue;
    const file = `apps/${app}/src/${specifier.slice(2)}`;
    const module = await importFrom<Readonly<Record<string, unknown>>>(tree.root, file);
    if (module[constant] !== entry || entry.kind !== 'screen') continue;
    const hasValidator = Object.values(entry.sources).some(({ validator }) => validator);
    return { constant, specifier: specifier.replace('./screens/', './'), hasValidator };
  }
  throw new Error(`${tableOf(app)} does not import the screen "${entry.name}"`);
}
