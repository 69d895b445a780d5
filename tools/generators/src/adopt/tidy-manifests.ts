import { matchesGlob, normalize } from 'node:path';
import type { Tree } from '@nx/devkit';
import { filesOf } from './example.ts';

interface PackageJson {
  readonly name: string;
  scripts?: Record<string, string>;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
interface TsConfig {
  references?: { readonly path: string }[];
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.');

/**
 * Removes from manifests the entries that name a missing file or project: scripts, exports, dependencies,
 * references.
 */
export function tidyManifests(tree: Tree): void {
  const files = filesOf(tree);
  const manifests = files.filter((each) => /(^|\/)package\.json$/.test(each));
  const isThere = (path: string): boolean =>
    files.some((each) => matchesGlob(each, path) || each.startsWith(`${path}/`));
  const names = new Set(
    manifests.map((each) => (JSON.parse(tree.read(each, 'utf8') ?? '{}') as PackageJson).name),
  );
  const scope = /^@[^/]+\//.exec([...names].find((each) => each.startsWith('@')) ?? '')?.[0] ?? '@bff/';
  for (const path of manifests) {
    const manifest = JSON.parse(tree.read(path, 'utf8') ?? '{}') as PackageJson;
    const folder = folderOf(path);
    const has = (file: string): boolean => isThere(normalize(`${folder}/${file}`));
    for (const [name, target] of Object.entries(manifest.exports ?? {}))
      if (!has(target)) delete manifest.exports?.[name];
    for (const all of [manifest.dependencies, manifest.devDependencies])
      for (const name of Object.keys(all ?? {}))
        if (name.startsWith(scope) && !names.has(name)) delete all?.[name];
    if (manifest.scripts) manifest.scripts = withoutLost(manifest.scripts, has);
    tree.write(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
  for (const path of files.filter((each) => /(^|\/)tsconfig\.json$/.test(each))) {
    const config = JSON.parse(tree.read(path, 'utf8') ?? '{}') as TsConfig;
    if (!config.references) continue;
    const kept = config.references.filter((each) =>
      tree.exists(`${folderOf(path)}/${each.path}/tsconfig.json`),
    );
    if (kept.length === config.references.length) continue;
    config.references = kept;
    tree.write(path, `${JSON.stringify(config, undefined, 2)}\n`);
  }
}

/** Returns the scripts whose programs exist, without `npm run` steps that name a removed script. */
function withoutLost(
  scripts: Readonly<Record<string, string>>,
  has: (file: string) => boolean,
): Record<string, string> {
  const programs = (script: string): string[] => [
    ...[...script.matchAll(/\bnode ((?:apps|libs|tools)\/[\w./-]+)/g)].map(([, file = '']) => file),
    ...[...script.matchAll(/--rootDir ((?:apps|libs|tools)\/[\w./-]+)/g)].map(([, folder = '']) => folder),
  ];
  const kept = Object.entries(scripts).filter(([, script]) => programs(script).every(has));
  const lost = Object.keys(scripts).filter((name) => !kept.some(([other]) => other === name));
  const isLost = (step: string): boolean => lost.some((name) => step.trim() === `npm run ${name}`);
  return Object.fromEntries(
    kept.map(([name, script]) => [
      name,
      script
        .split(' && ')
        .filter((step) => !isLost(step))
        .join(' && '),
    ]),
  );
}

/** Removes workflow steps that run a script that no longer exists. */
export function tidyWorkflows(tree: Tree): void {
  const { scripts = {} } = JSON.parse(tree.read('package.json', 'utf8') ?? '{}') as PackageJson;
  for (const path of filesOf(tree).filter((each) => each.startsWith('.github/workflows/'))) {
    const text = tree.read(path, 'utf8') ?? '';
    const kept = text.replaceAll(/^ *- run: npm run ([\w:-]+)\n/gm, (step, name: string) =>
      Object.hasOwn(scripts, name) ? step : '',
    );
    if (kept !== text) tree.write(path, kept);
  }
}
