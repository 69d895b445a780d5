import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../src/cache-folder.ts';
import { onPath } from '../../src/ensure-command.ts';

/** Thrown when this machine cannot build Kubernetes; the message is one line that names what is missing. */
export class NoKubernetes extends Error {
  override readonly name = 'NoKubernetes';
}

/** Go package from which each program is built. Their versions are in `go.mod` beside this file. */
const packages = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
} as const;

/** Go modules with custom resource definitions, and the files in them. */
const definitions = {
  'sigs.k8s.io/gateway-api@v1.6.3': ['config/crd/standard/gateway.networking.k8s.io_httproutes.yaml'],
  'github.com/prometheus-operator/prometheus-operator@v0.85.0': [
    'example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
    'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
  ],
} as const;

/** Version of Kubernetes, such as `1.37.2`. */
export const kubernetesVersion =
  /k8s\.io\/kubernetes v(\S+)/.exec(readFileSync(join(import.meta.dirname, 'go.mod'), 'utf8'))?.[1] ?? '';

/**
 * Returns the path of each program in the cache of this user. Builds missing ones, which requires Go and
 * takes ten minutes or more.
 * @throws {NoKubernetes}
 */
export function ensurePrograms(): Readonly<Record<keyof typeof packages, string>> {
  const folder = cacheFolder(`kubernetes-${kubernetesVersion}`);
  mkdirSync(folder, { recursive: true });
  for (const [name, path] of Object.entries(packages))
    if (!existsSync(join(folder, name))) build(path, join(folder, name));
  return {
    etcd: join(folder, 'etcd'),
    'kube-apiserver': join(folder, 'kube-apiserver'),
  };
}

/**
 * Returns the files with the definitions of the resources that are not part of Kubernetes.
 * @throws {NoKubernetes}
 */
export function ensureDefinitions(): string[] {
  return Object.entries(definitions).flatMap(([module, files]) => {
    const { Dir: folder } = JSON.parse(go('mod', 'download', '-json', module)) as { readonly Dir: string };
    return files.map((file) => join(folder, file));
  });
}

function build(path: string, file: string): void {
  requireGo();
  process.stderr.write(`building ${file} with Go\n`);
  const draft = mkdtempSync(`${file}-`);
  // Links the version into the program: the API server serves the APIs of its version, and none without one.
  const version = 'k8s.io/component-base/version';
  const [major, minor] = kubernetesVersion.split('.');
  const flags = `-s -w -X ${version}.gitVersion=v${kubernetesVersion} -X ${version}.gitMajor=${major} -X ${version}.gitMinor=${minor}`;
  try {
    // Compiles without optimisation, which is faster; the server handles only a few hundred requests.
    const fast = '-gcflags=k8s.io/kubernetes/...=-N -l -dwarf=false';
    go('build', '-trimpath', fast, '-ldflags', flags, '-o', join(draft, 'program'), path);
    renameSync(join(draft, 'program'), file);
  } finally {
    rmSync(draft, { recursive: true });
  }
}

function requireGo(): void {
  if (!onPath('go'))
    throw new NoKubernetes(
      `Go (go) is not on PATH; kube-apiserver ${kubernetesVersion} and etcd are built with it`,
    );
}

function go(...args: readonly string[]): string {
  requireGo();
  const { status, stdout, stderr } = spawnSync('go', args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    env: { ...process.env, CGO_ENABLED: '0' },
  });
  if (status === 0) return stdout;
  const [line = 'no error was printed'] = stderr
    .split('\n')
    .filter((each) => each !== '' && !/^(?:go: downloading|#)/.test(each));
  throw new NoKubernetes(`go ${args.slice(0, 2).join(' ')} ${args.at(-1)} failed: ${line.slice(0, 300)}`);
}
