import { execFileSync } from 'node:child_process';
import { deriveTree } from '@bff/testbed/derive';
import { formatFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { mentionsOf, readExample, removeExample, renamer, rewriteFiles } from './adopt/example.ts';
import { chosenApps, removeApps } from './adopt/families.ts';
import { readDocuments } from './adopt/documents.ts';
import { firstScreens, loadServices } from './adopt/first-screens.ts';
import { registryOf, writeOwnFiles, type Product } from './adopt/own-files.ts';
import { writeAnswers } from './adopt/answers.ts';
import { writeOwnReleases } from './adopt/own-releases.ts';
import { tidyDocs } from './adopt/tidy-docs.ts';
import { tidyManifests, tidyWorkflows } from './adopt/tidy-manifests.ts';
import { checkSource } from './source/check-source.ts';
import { appStyle, tableOf } from './workspace/app.ts';
import { checkWorkspace } from './workspace/check-workspace.ts';
import { releasing } from './workspace/lock-workspace.ts';
import { measureBudgets } from './workspace/measure-budget.ts';
import { servicesFolder } from './workspace/registry.ts';
import { removeLeftovers } from './workspace/remove-leftovers.ts';

export interface AdoptOptions {
  /** Paths of documents, comma separated. */
  readonly openapi: string;
  /** Families to keep, comma separated. Default: all. */
  readonly families?: string;
  /** Scope of the packages. Default: unchanged. */
  readonly scope?: string;
  /**
   * Whether to run despite uncommitted changes. Default: false. Only callers in code can set it; the command
   * has no such option, because git must be able to revert what the command writes.
   */
  readonly allowDirty?: boolean;
}

const ownScope = '@bff';

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);

/** Replaces the example by your services: `nx g @bff/tools:adopt --openapi=trip.yaml,booking.yaml`. */
export const adoptGenerator = releasing(
  async (tree: Tree, options: AdoptOptions): Promise<GeneratorCallback> => {
    const { root } = tree;
    checkWorkspace(tree, options, 'commit or discard them first');
    const example = readExample(tree);
    const scope = checkScope(options.scope ?? ownScope);
    const all = tree.children('apps').filter((each) => tree.exists(tableOf(each)));
    const apps = chosenApps(all, options.families);
    const families = all.flatMap((app) => [
      app.replace(/-bff$/, ''),
      `${app.replace(/-bff$/, '')}-management`,
    ]);
    const services = await readDocuments(listOf(options.openapi), [...families, 'idp']);
    const sources = Object.fromEntries(
      services.map((each) => [`${servicesFolder}/${each.name}.ts`, each.source]),
    );
    const declared = { ...sources, [`${servicesFolder}/index.ts`]: registryOf(services) };
    checkSource(root, declared);

    const styles = await Promise.all(apps.map(async (app) => [app, await appStyle(tree, app)] as const));
    const infos = await loadServices(root, services);
    const screens = styles.map(([app, style]) => {
      // Keeps only the first version of the contract, because a new API has no other versions yet.
      const versions = style.versions.slice(0, 1);
      return { app, style, ...firstScreens(app, { ...style, versions, rows: [] }, infos) };
    });
    checkSource(root, { ...declared, ...Object.assign({}, ...screens.map(({ files }) => files)) });

    const removed = all.filter((app) => !apps.includes(app));
    removeExample(tree, example);
    removeApps(tree, removed);
    const { users, tenants } = example.rename;
    const rename = renamer({ ...users, ...tenants });
    rewriteFiles(tree, rename);
    const product: Product = {
      services,
      apps,
      scope,
      users: Object.values(users),
      tenants: Object.values(tenants),
    };
    writeOwnFiles(tree, product);
    for (const { files } of screens) for (const [path, text] of Object.entries(files)) tree.write(path, text);
    tidyManifests(tree);
    tidyWorkflows(tree);
    tidyDocs(tree, mentionsOf(example.words), (text) => removed.some((app) => text.includes(app)));
    writeOwnReleases(tree);
    writeAnswers(tree, product);
    if (scope !== ownScope) rewriteFiles(tree, (text) => text.replaceAll(/@bff\b/g, scope));
    await formatFiles(tree);
    for (const line of [...services, ...screens].flatMap(({ notes }) => notes)) logger.warn(line);

    return async () => {
      removeLeftovers(root);
      const run = (command: string, args: readonly string[]): void =>
        void execFileSync(command, args, { cwd: root, stdio: 'inherit' });
      run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']);
      await deriveTree(root);
      for (const { app, style, names } of screens) if (style.hasBytes) measureBudgets(root, app, names);
    };
  },
);

/** Returns the given scope. @throws {Error} when it is not a valid scope of npm packages */
function checkScope(scope: string): string {
  if (!/^@[a-z0-9][a-z0-9-]{0,60}$/.test(scope))
    throw new Error(`"${scope}" is not the scope of packages: write @name`);
  return scope;
}
