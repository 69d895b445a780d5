import { logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { clientName, type AnyOperation } from '@bff/upstream-clients';
import { inputsOf } from './source/inputs.ts';
import { screenSource } from './source/screen-source.ts';
import { addEntry, checkEntry } from './workspace/add-entry.ts';
import { appStyle, checkRow, scopesFrom } from './workspace/app.ts';
import { checkWorkspace, type CommonOptions } from './workspace/check-workspace.ts';
import { releasing } from './workspace/lock-workspace.ts';
import { deriveAfter } from './workspace/derive.ts';
import { measureBudgets } from './workspace/measure-budget.ts';
import { operationNamed, registeredServices } from './workspace/registry.ts';

export interface ScreenOptions extends CommonOptions {
  readonly app: string;
  readonly sources: string;
  /** Path of the screen. Default: its name and the parameters of the sources. */
  readonly path?: string;
  readonly scopes?: string;
}

/** Adds a screen: `nx g @bff/tools:screen parcels --app=web-bff --sources=account.read,parcel.list`. */
export const screenGenerator = releasing(
  async (tree: Tree, options: ScreenOptions): Promise<GeneratorCallback> => {
    const { name, app } = options;
    const { root } = tree;
    checkWorkspace(tree, options);
    const style = await appStyle(tree, app);
    checkEntry(tree, app, name);
    const operations = operationsFrom(await registeredServices(root), options.sources);
    const scopes = scopesFrom(app, style, options.scopes);
    const parameters = [...new Set(operations.flatMap((each) => inputsOf(each).fromPath))];
    const path = options.path ?? `/${[name, ...parameters.map((each) => `{${each}}`)].join('/')}`;
    const key = `GET ${path}`;
    checkRow(style, key);

    const constant = clientName(name);
    const notes: string[] = [];
    const source = screenSource({ name, constant, scopes }, operations, style, notes);
    await addEntry(tree, app, { name, constant, key, source });
    for (const line of notes) logger.warn(line);
    const derive = deriveAfter(tree);
    return async () => {
      await derive();
      if (style.hasBytes) measureBudgets(root, app, [name]);
    };
  },
);

/** Returns the operations. @throws {Error} when one does not exist, is named twice, or is a write */
function operationsFrom(
  services: Awaited<ReturnType<typeof registeredServices>>,
  given: string,
): readonly AnyOperation[] {
  const names = given.split(',').map((each) => each.trim());
  return names.map((name, index) => {
    if (names.indexOf(name) !== index) throw new Error(`${name} is named twice`);
    const operation = operationNamed(services, name);
    if (operation.method !== 'GET') throw new Error(`"${name}" is a write; a screen reads`);
    return operation;
  });
}
