import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DeriveError } from './derive-error.ts';
import { appPortsFile, appPortsModule } from './app-ports.ts';
import { appRegions } from './app-regions.ts';
import { checkContracts, contractFiles } from './contract-files.ts';
import type { DerivedFile } from './derived-file.ts';
import { readFacts, type Facts } from './facts.ts';
import { alertsFile, prometheusRule, prometheusRuleFile } from './prometheus-rule.ts';
import { replaceRegion, type Region } from './region.ts';
import { screenNamesFile, screenNamesModule } from './screen-names.ts';
import { serviceRegions } from './service-regions.ts';

export interface DeriveOptions {
  /** Whether to write contracts that break clients of the committed ones. Default: false. */
  readonly acceptBreaking?: boolean;
}

/**
 * Derives the generated files from the registry of services and from the tables, settings and contracts of
 * the apps. Returns those that differ from the files in the tree, sorted by path. Writes nothing.
 *
 * @throws {DeriveError} when the registry or an app cannot be loaded, two services share a port, a marker is
 * missing, or a contract breaks clients
 */
export async function staleFiles(
  root: string,
  { acceptBreaking = false }: DeriveOptions = {},
): Promise<readonly DerivedFile[]> {
  const facts = readFacts(root);
  if (!acceptBreaking) checkContracts(root, facts);
  const files = await derivedFiles(root, facts);
  return files
    .filter(({ file, text }) => read(root, file) !== text)
    .sort((one, other) => (one.file < other.file ? -1 : 1));
}

/**
 * Writes the stale files, and returns their paths. @throws {DeriveError} when one cannot be written; all
 * files are restored then
 */
export async function deriveTree(root: string, options: DeriveOptions = {}): Promise<readonly string[]> {
  const stale = await staleFiles(root, options);
  // Lets the process handle a signal that arrived during the derivation before it writes anything: the event
  // loop polls signals once per iteration.
  for (let turn = 0; turn < 2; turn++) await setImmediate();
  writeAll(root, stale);
  return stale.map(({ file }) => file);
}

/** Writes files. @throws {DeriveError} when one cannot be written; the others are restored then */
function writeAll(root: string, files: readonly DerivedFile[]): void {
  const before = new Map<string, string | undefined>();
  for (const { file, text } of files)
    try {
      const path = resolve(root, file);
      before.set(path, read(root, file));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } catch (error) {
      for (const [path, old] of before)
        try {
          if (old === undefined) rmSync(path, { force: true });
          else if (readFileSync(path, 'utf8') !== old) writeFileSync(path, old);
        } catch {
          // Ignores the file that cannot be written, because it was not changed either.
        }
      throw new DeriveError(`${file} cannot be written: ${(error as Error).message}`, { cause: error });
    }
}

async function derivedFiles(root: string, facts: Facts): Promise<readonly DerivedFile[]> {
  const regions = [...(await serviceRegions(facts)), ...(await appRegions(facts))];
  const alerts = read(root, alertsFile);
  return [
    { file: screenNamesFile, text: await screenNamesModule(facts) },
    ...(existsSync(resolve(root, dirname(appPortsFile)))
      ? [{ file: appPortsFile, text: await appPortsModule(facts) }]
      : []),
    ...(alerts === undefined ? [] : [{ file: prometheusRuleFile, text: prometheusRule(alerts) }]),
    ...withRegions(root, regions),
    ...(await contractFiles(root, facts)),
  ];
}

/**
 * Returns the files with their regions replaced. A file that a team deleted, such as the compose file, stays
 * deleted.
 */
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
