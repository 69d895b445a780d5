import type { Tree } from '@nx/devkit';
import type { AnyScreen, Nulls, Row, ScreenTable } from '@bff/screens';
import { importFrom } from './registry.ts';

/** Common properties of an app's screens, read from its table. */
export interface AppStyle {
  readonly rows: readonly Row[];
  readonly nulls: Nulls;
  /** Whether its screens have byte budgets. */
  readonly hasBytes: boolean;
  /** Versions of its contract; empty if the contract has no versions, so that each screen has one answer. */
  readonly versions: readonly string[];
  readonly hasScopes: boolean;
}

export const tableOf = (app: string): string => `apps/${app}/src/screens.ts`;

/** Reads the table of an app. @throws {Error} when there is no such app */
export async function appStyle(tree: Tree, app: string): Promise<AppStyle> {
  const apps = tree.children('apps').filter((each) => tree.exists(tableOf(each)));
  if (!apps.includes(app)) throw new Error(`there is no app "${app}"; there are ${apps.join(', ')}`);
  const { screens } = await importFrom<{ readonly screens: ScreenTable }>(tree.root, tableOf(app));
  const { rows } = screens;
  const entries = rows
    .map(({ entry }) => entry)
    .filter((entry): entry is AnyScreen => entry.kind === 'screen');
  return {
    rows,
    nulls: entries.some(({ nulls }) => nulls === 'strip') ? 'strip' : 'keep',
    hasBytes: entries.some(({ bytes }) => bytes !== undefined),
    versions: [...new Set(entries.flatMap(({ answers }) => Object.keys(answers ?? {})))],
    hasScopes: rows.some(({ entry }) => entry.scopes.length > 0),
  };
}

/** Checks a new row. @throws {Error} when its path, its key or its constant is taken */
export function checkRow({ rows }: AppStyle, key: string): void {
  const shape = (text: string) => text.replaceAll(/\{\w+\}/g, '{}');
  if (rows.some(({ method, path }) => shape(`${method} ${path}`) === shape(key)))
    throw new Error(`there is a row "${key}" already; choose another path with --path`);
}

/**
 * Parses `--scopes`; ignored by an app without scopes. @throws {Error} when the app has scopes and none is
 * given
 */
export function scopesFrom(app: string, { hasScopes }: AppStyle, given = ''): readonly string[] {
  const scopes = given.split(',').filter((each) => each !== '');
  if (hasScopes && scopes.length === 0)
    throw new Error(`the rows of ${app} need scopes: list them with --scopes=thing:read`);
  return hasScopes ? scopes : [];
}
