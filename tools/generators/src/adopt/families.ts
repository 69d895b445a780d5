import type { Tree } from '@nx/devkit';
import { loginClientOf, loginClients, tokenFamilies } from '../workspace/provider-files.ts';
import { filesOf } from './example.ts';

const appOf = (family: string): string => `${family}-bff`;

/**
 * Returns the apps to keep.
 *
 * @param families comma separated; empty: all
 * @throws {Error} when one of them does not exist
 */
export function chosenApps(apps: readonly string[], families = ''): readonly string[] {
  const wanted = families
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  if (wanted.length === 0) return apps;
  const unknown = wanted.find((family) => !apps.includes(appOf(family)));
  if (unknown !== undefined)
    throw new Error(
      `there is no family "${unknown}"; there are ${apps.map((app) => app.replace(/-bff$/, '')).join(', ')}`,
    );
  return apps.filter((app) => wanted.some((family) => appOf(family) === app));
}

/** Deletes apps and their registrations, except those that `nx sync` derives. */
export function removeApps(tree: Tree, apps: readonly string[]): void {
  for (const app of apps) {
    for (const path of filesOf(tree)) if (path.startsWith(`apps/${app}/`)) tree.delete(path);
    edit(tree, '.github/CODEOWNERS', (text) => text.replaceAll(new RegExp(`^/apps/${app}/.*\\n`, 'gm'), ''));
    edit(tree, 'docker/compose.yaml', (text) => withoutService(text, app));
    edit(tree, 'docker/observability/prometheus/prometheus.yml', (text) =>
      // The list of targets is on one line, or on one line per target.
      text.replace(new RegExp(`(?:,\\s*)?'${app}:\\d+'`), '').replace(/(?<=targets:\s*\[)(\s*),\s*/, '$1'),
    );
    edit(tree, loginClients, (text) => text.replace(loginClientOf(app), ''));
    edit(tree, tokenFamilies, (text) =>
      text.replace(new RegExp(`(?<=\\[.*)(?:, )?'${app.replace(/-bff$/, '')}'`), '').replace('= [, ', '= ['),
    );
  }
}

/** Removes an app from compose: its service, its aliases and published ports, and the address of its keys. */
function withoutService(compose: string, app: string): string {
  const service = new RegExp(`^ {2}${app}:\\n(?:(?: {4}.*)?\\n)*`, 'm');
  const keys = new RegExp(`,?http://${app}:(\\d+)/[^,\\s]+`);
  const port = /PUBLIC_URL: \S+:(\d+)/.exec(service.exec(compose)?.[0] ?? '')?.[1];
  const published = [port, keys.exec(compose)?.[1]]
    .filter((each) => each !== undefined)
    .map((each) => new RegExp(`^ +- 127\\.0\\.0\\.1:${each}:${each}\\n`, 'm'));
  // The list of aliases is on one line, or on one line per alias.
  const alias = new RegExp(`(?<=aliases:\\s*\\[[^\\]]*)(?:,\\s*)?\\b${app}\\b`);
  return [service, keys, alias, ...published]
    .reduce((text, part) => text.replace(part, ''), compose)
    .replace(/(?<=aliases:\s*\[\s*|JWKS_URIS: ),\s*/g, '');
}

function edit(tree: Tree, path: string, change: (text: string) => string): void {
  const text = tree.read(path, 'utf8');
  if (text !== null) tree.write(path, change(text));
}
