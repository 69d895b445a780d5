import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  clientName,
  servicesOf,
  type AnyOperation,
  type ServiceInfo,
  type ServiceRegistry,
} from '@bff/upstream-clients';
import { inputsOf } from '../source/inputs.ts';
import { screenSource } from '../source/screen-source.ts';
import type { AppStyle } from '../workspace/app.ts';
import { addRow } from '../workspace/edit-source.ts';
import { importFrom } from '../workspace/registry.ts';
import type { AdoptedService } from './documents.ts';

/** Imports services that are not yet part of the workspace. Their sources must already be type-checked. */
export async function loadServices(
  root: string,
  services: readonly AdoptedService[],
): Promise<readonly ServiceInfo[]> {
  // Writes them below the root, so that imports of packages resolve, into a folder that git ignores.
  const folder = `dist/adopt-${process.pid}`;
  mkdirSync(join(root, folder), { recursive: true });
  try {
    for (const { name, source } of services) writeFileSync(join(root, folder, `${name}.ts`), source);
    const registry = services.map(({ name, constant }) => `export { ${constant} } from './${name}.ts';`);
    writeFileSync(join(root, folder, 'index.ts'), registry.join('\n'));
    return servicesOf(await importFrom<ServiceRegistry>(root, `${folder}/index.ts`));
  } finally {
    rmSync(join(root, folder), { recursive: true });
  }
}

/** Returns the reads of a service; those without an id, which suit a first screen best, come first. */
const readsOf = ({ operations }: ServiceInfo): readonly AnyOperation[] =>
  Object.values<AnyOperation>(operations)
    .filter(({ method }) => method === 'GET')
    .toSorted((one, other) => idsOf(one) - idsOf(other));

function idsOf(operation: AnyOperation): number {
  try {
    return inputsOf(operation).fromPath.length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

export interface AppScreens {
  /** File contents by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly names: readonly string[];
  /** Members that the screens omit, with the reason. */
  readonly notes: readonly string[];
}

/**
 * Creates one screen for each service, from its first read whose parameters a screen can provide.
 *
 * @throws {Error} when a service has no such read
 */
export function firstScreens(app: string, style: AppStyle, services: readonly ServiceInfo[]): AppScreens {
  const files: Record<string, string> = {};
  const notes: string[] = [];
  const table = `apps/${app}/src/screens.ts`;
  let rows = `import { screenTable } from '@bff/screens';\n\n/** Screens, pages and writes of ${app}, one line each. */\nexport const screens = screenTable({\n});\n`;
  for (const service of services) {
    const { name } = service;
    const [operation] = readsOf(service);
    if (!operation || idsOf(operation) === Number.POSITIVE_INFINITY)
      throw new Error(`${name} has no read from which a screen can be generated`);
    const constant = `${clientName(name)}Screen`;
    const path = `/${[name, ...inputsOf(operation).fromPath.map((each) => `{${each}}`)].join('/')}`;
    const scopes = style.hasScopes ? [`${name}:read`] : [];
    files[`apps/${app}/src/screens/${name}.ts`] = screenSource(
      { name, constant, scopes },
      [operation],
      style,
      notes,
    );
    rows = addRow(rows, { key: `GET ${path}`, constant, specifier: `./screens/${name}.ts` });
  }
  return { files: { ...files, [table]: rows }, names: services.map(({ name }) => name), notes };
}
