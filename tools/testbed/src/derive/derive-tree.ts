import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { appPortsFile, appPortsModule } from './app-ports.ts';
import { appRegions } from './app-regions.ts';
import { breaksOf, contractFiles, type Break } from './contract-files.ts';
import { type DerivedFile } from './derived-file.ts';
import { readFacts, type Facts } from './facts.ts';
import { replaceRegion, type Region } from './region.ts';
import { screenNamesFile, screenNamesModule } from './screen-names.ts';
import { serviceRegions } from './service-regions.ts';

export interface DeriveOptions {
  /** Writes nothing. */
  readonly check?: boolean;
  /** Writes contracts that break clients of the committed ones. */
  readonly acceptBreaking?: boolean;
}

export interface Derived {
  /** Files that were not as they must be: written, or with `check` only found. */
  readonly stale: readonly string[];
  /** Contracts that break clients. Without `acceptBreaking` nothing is written. */
  readonly breaks: readonly Break[];
}

/**
 * Rewrites every file that follows from the registry of services and the tables, settings and contracts of the apps.
 *
 * @throws {DeriveError} when the registry or an app cannot be loaded, two services share a port, or a marker is missing
 */
export async function deriveTree(root: string, options: DeriveOptions = {}): Promise<Derived> {
  const facts = readFacts(root);
  const breaks = options.acceptBreaking ? [] : breaksOf(root, facts);
  const files = await derivedFiles(root, facts);
  const stale = files.filter(({ file, text }) => read(root, file) !== text);
  if (!options.check && breaks.length === 0)
    for (const { file, text } of stale) {
      const path = resolve(root, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  return { stale: stale.map(({ file }) => file).sort(), breaks };
}

/** Computes everything before anything is written: an error leaves the tree as it was. */
async function derivedFiles(root: string, facts: Facts): Promise<readonly DerivedFile[]> {
  const regions = [...(await serviceRegions(facts)), ...(await appRegions(facts))];
  return [
    { file: screenNamesFile, text: await screenNamesModule(facts) },
    ...(existsSync(resolve(root, dirname(appPortsFile)))
      ? [{ file: appPortsFile, text: await appPortsModule(facts) }]
      : []),
    ...withRegions(root, regions),
    ...(await contractFiles(facts)),
  ];
}

/** The files with all their regions replaced. A file that a team has deleted, such as that of compose, stays deleted. */
function withRegions(root: string, regions: readonly Region[]): readonly DerivedFile[] {
  const files = new Map<string, string>();
  for (const region of regions) {
    const text = files.get(region.file) ?? read(root, region.file);
    if (text !== undefined) files.set(region.file, replaceRegion(text, region));
  }
  return [...files].map(([file, text]) => ({ file, text }));
}

function read(root: string, file: string): string | undefined {
  const path = resolve(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
