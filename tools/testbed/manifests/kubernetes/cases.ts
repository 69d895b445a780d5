import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { apps, repository } from '../../src/apps.ts';
import { writeKustomization } from '../render-overlay.ts';
import { resourcesOfPage } from '../resources-of-page.ts';

/** A kustomization that is applied according to the documentation. */
export interface Case {
  readonly title: string;
  readonly components: string;
  readonly folder: string;
}

/** Folders that the cases wrote; the caller of {@link casesOf} and {@link otherCases} removes them. */
export const temporaryFolders: string[] = [];

export const overlaysOf = (app: string): string[] =>
  ['dev', 'prod'].map((environment) => `apps/${app}/deploy/overlays/${environment}`);

const componentsOf = (overlay: string): string[] => {
  const file = join(repository, overlay, 'kustomization.yaml');
  const { components = [] } = parse(readFileSync(file, 'utf8')) as { readonly components?: string[] };
  return components.map((path) => basename(path));
};
const included = new Set(apps().flatMap(overlaysOf).flatMap(componentsOf));
/** Components that no overlay contains; users add them to theirs. */
const optional = readdirSync(join(repository, 'docker/kubernetes/components')).filter(
  (name) => !included.has(name),
);

/** Writes an overlay with components or other changes, and returns the folder. */
export function changedOverlay(...args: Parameters<typeof writeKustomization>): string {
  const folder = writeKustomization(...args);
  temporaryFolders.push(folder);
  return folder;
}

/** Returns an overlay alone, with each optional component, and with all of them. */
export function casesOf(overlay: string): Case[] {
  const title = overlay.replace('deploy/overlays/', '').replace('apps/', '');
  const single = optional.map((name) => ({ components: name, folder: changedOverlay(overlay, [name]) }));
  return [
    { components: 'none', folder: join(repository, overlay) },
    ...single,
    { components: 'all', folder: changedOverlay(overlay, optional) },
  ].map((each) => ({ title, ...each }));
}

/**
 * Returns the cases outside the overlays: the monitoring, and the resources of a page in the namespace
 * `default`.
 */
export function otherCases(): Case[] {
  const monitoring = 'docker/kubernetes/monitoring';
  const page = 'docs/how-to/let-traffic-in.md';
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  temporaryFolders.push(folder);
  const resources = resourcesOfPage(page).map((resource, index) => {
    writeFileSync(join(folder, `${index}.yaml`), JSON.stringify(resource));
    return `${index}.yaml`;
  });
  const kustomization = { kind: 'Kustomization', namespace: 'default', resources };
  writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
  return [
    { title: monitoring, components: 'none', folder: join(repository, monitoring) },
    { title: page, components: 'none', folder },
  ];
}
