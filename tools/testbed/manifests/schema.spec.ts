import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { apps, repository as root } from '../src/apps.ts';
import { renderOverlay } from './render-overlay.ts';
import { resourcesOfPage } from './resources-of-page.ts';

/** Inside the project, so that the types of kubernetes-models resolve. */
const scratch = resolve(import.meta.dirname, '../dist/manifests');
const overlays = apps().flatMap((app) =>
  ['dev', 'prod'].map((environment) => `apps/${app}/deploy/overlays/${environment}`),
);
jest.setTimeout(60_000);

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

function run(command: string, ...args: string[]): { readonly status: number | null; readonly said: string } {
  const { error, status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (error) throw error;
  return { status, said: stdout + stderr };
}

/** Packages with the types of resources that Kubernetes itself does not define, by group. */
const packages: Readonly<Record<string, string>> = {
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};
const moduleOf = ({ apiVersion, kind }: Manifest): string =>
  `${packages[apiVersion.split('/')[0] ?? ''] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;

/**
 * Returns the errors that a cluster would report about unknown fields, wrong types and missing fields; empty
 * for none. The manifests become TypeScript literals of types generated from the API's own description.
 */
function compile(manifests: readonly Manifest[]): string {
  const lines = manifests.map((manifest, i) => {
    const { kind } = manifest;
    return `import type { I${kind} as T${i} } from '${moduleOf(manifest)}';\nexport const each${i}: T${i} = ${JSON.stringify(manifest, undefined, 2)};`;
  });
  mkdirSync(scratch, { recursive: true });
  const file = join(scratch, 'manifests.ts');
  writeFileSync(file, lines.join('\n'));
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--ignoreConfig',
    '--types',
    'node',
    '--target',
    'esnext',
    '--module',
    'nodenext',
    '--moduleResolution',
    'nodenext',
  ];
  return run('node', 'node_modules/typescript-7/bin/tsc', ...options, file).said;
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the Kubernetes schema', () => {
  let manifests: Manifest[];
  beforeAll(() => {
    manifests = overlays.flatMap((overlay) => [
      ...renderOverlay(overlay),
      ...renderOverlay(overlay, 'tracing', 'certificates', 'redis-sentinel', 'node-local-dns'),
    ]) as Manifest[];
    manifests.push(...(renderOverlay('docker/kubernetes/monitoring') as Manifest[]));
    manifests.push(...(resourcesOfPage('docs/how-to/let-traffic-in.md') as Manifest[]));
  });

  test('F85 F90 the Kubernetes schema defines every field that the overlays (with and without components), the monitoring manifests and the traffic examples use', () => {
    expect(manifests.length).toBeGreaterThan(20 * overlays.length);
    expect(compile(manifests)).toBe('');
  });

  test('the Kubernetes schema accepts every value of the manifests', async () => {
    for (const manifest of manifests) {
      const models = (await import(moduleOf(manifest))) as Record<
        string,
        new (data: object) => { validate(): void }
      >;
      const Model = models[manifest.kind]!;
      const { kind, metadata } = manifest;
      const faults = ((): unknown => {
        try {
          return new Model(manifest).validate();
        } catch (error) {
          return (error as Error).message;
        }
      })();
      expect({ kind, name: metadata.name, faults }).toEqual({ kind, name: metadata.name, faults: undefined });
    }
  });

  // kubectl replaces a list of a custom resource completely, so it would send an item without its defaults
  // with every apply.
  test('F87 the items of lists in the documented HTTPRoute have the fields that the API server would add', () => {
    const { spec } = manifests.find(({ kind }) => kind === 'HTTPRoute') as unknown as {
      spec: { parentRefs: object[]; rules: { matches: object[]; backendRefs: object[] }[] };
    };
    for (const parent of spec.parentRefs)
      expect(Object.keys(parent)).toEqual(expect.arrayContaining(['group', 'kind']));
    for (const { matches, backendRefs } of spec.rules) {
      for (const match of matches)
        expect(match).toMatchObject({ path: { type: expect.any(String), value: expect.any(String) } });
      for (const backend of backendRefs)
        expect(Object.keys(backend)).toEqual(expect.arrayContaining(['group', 'kind', 'weight']));
    }
  });

  test.each([
    ['an unknown field', { spec: { replicaz: 2 } }, /replicaz/],
    ['a field in the wrong place', { spec: { readinessProbe: {} } }, /readinessProbe/],
    ['a wrong type', { spec: { minReadySeconds: 'ten' } }, /minReadySeconds|number/],
  ])('the Kubernetes schema rejects %s', (_, { spec }, expected) => {
    const deployment = manifests.find(({ kind }) => kind === 'Deployment') as Manifest & { spec: object };
    expect(compile([{ ...deployment, spec: { ...deployment.spec, ...spec } } as Manifest])).toMatch(expected);
  });
});
