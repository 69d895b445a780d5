import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const root = resolve(import.meta.dirname, '../../..');

/**
 * What `kubectl kustomize` makes of an overlay and of the components that somebody adds to it.
 * @param overlay folder of the overlay, from the root of the repository
 * @param components names of folders in `docker/kubernetes/components`
 * @throws {Error} with what kubectl says, or how to get it
 */
export function renderOverlay(overlay: string, ...components: readonly string[]): unknown[] {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
  // kustomize knows no absolute paths.
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
  };
  writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
  try {
    const { error, status, stdout, stderr } = spawnSync(
      'kubectl',
      ['kustomize', components.length > 0 ? folder : join(root, overlay)],
      { encoding: 'utf8' },
    );
    if (error && 'code' in error && error.code === 'ENOENT')
      throw new Error(
        'kubectl is not on PATH. The manifests are rendered with it, no cluster is needed: https://kubernetes.io/docs/tasks/tools/',
      );
    if (status !== 0) throw new Error(`kubectl kustomize ${overlay} ${components.join(' ')}:\n${stderr}`);
    return parseAllDocuments(stdout).map((document): unknown => document.toJSON());
  } finally {
    rmSync(folder, { recursive: true });
  }
}
