import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const root = resolve(import.meta.dirname, '../../..');

/**
 * Writes a kustomization that adds components to an overlay, as its users do.
 * @param overlay folder of the overlay, from the root of the repository
 * @param components names of folders in `docker/kubernetes/components`
 * @param changes further fields, such as `images`
 * @returns the new folder, below the folder for temporary files; the caller removes it
 */
export function writeKustomization(
  overlay: string,
  components: readonly string[] = [],
  changes: object = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
  // kustomize accepts only relative paths.
  const from = (path: string): string => relative(folder, join(root, path));
  const { namespace } = parse(readFileSync(join(root, overlay, 'kustomization.yaml'), 'utf8')) as {
    readonly namespace: string;
  };
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace,
    resources: [from(overlay)],
    components: components.map((name) => from(`docker/kubernetes/components/${name}`)),
    ...changes,
  };
  writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
  return folder;
}

/**
 * Returns the resources that `kubectl kustomize` renders for an overlay and the components that are added to
 * it.
 * @param overlay folder of the overlay, from the root of the repository
 * @param components names of folders in `docker/kubernetes/components`
 * @throws {Error} with the message of kubectl, or how to get it
 */
export function renderOverlay(overlay: string, ...components: readonly string[]): unknown[] {
  const folder = components.length > 0 ? writeKustomization(overlay, components) : undefined;
  try {
    const { error, status, stdout, stderr } = spawnSync(
      'kubectl',
      ['kustomize', folder ?? join(root, overlay)],
      { encoding: 'utf8' },
    );
    if (error && 'code' in error && error.code === 'ENOENT')
      throw new Error(
        'kubectl is not on PATH. The manifests are rendered with it, no cluster is needed: https://kubernetes.io/docs/tasks/tools/',
      );
    if (status !== 0) throw new Error(`kubectl kustomize ${overlay} ${components.join(' ')}:\n${stderr}`);
    return parseAllDocuments(stdout).map((document): unknown => document.toJSON());
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true });
  }
}
