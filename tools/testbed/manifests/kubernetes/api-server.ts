import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { selfSignedCertificate } from '../../src/servers/certificate.ts';
import { freePorts } from '../../src/servers/free-ports.ts';
import { spawnCommand } from '../../src/servers/spawn-tethered.ts';
import { until } from '../../src/until.ts';
import { ensurePrograms } from './programs.ts';

export interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Kubernetes API server with a store of its own, without controllers and nodes. */
export interface ApiServer {
  /** Calls kubectl as an administrator. */
  readonly kubectl: (args: readonly string[], input?: string) => Promise<Output>;
  readonly close: () => Promise<void>;
}

/**
 * Starts etcd and kube-apiserver on 127.0.0.1, with the admission plugins that are on by default, PodSecurity
 * among them.
 * @throws {NoKubernetes} where they cannot be built
 * @throws {Error} with the last lines of a program that ends before it is ready
 */
export async function startApiServer(): Promise<ApiServer> {
  const programs = ensurePrograms();
  const folder = mkdtempSync(join(tmpdir(), 'api-server-'));
  const [clientPort = 0, peerPort = 0, port = 0] = await freePorts(3);
  const [store, peer, server] = [clientPort, peerPort, port].map((each) => `http://127.0.0.1:${each}`) as [
    string,
    string,
    string,
  ];
  const { certFile, keyFile } = selfSignedCertificate(folder, 'server', 'IP:127.0.0.1');
  const accounts = selfSignedCertificate(folder, 'accounts');
  writeFileSync(join(folder, 'tokens.csv'), 'administrator,administrator,1,system:masters\n');
  const config = join(folder, 'kubeconfig');
  writeFileSync(config, kubeconfig(server.replace('http', 'https'), certFile));

  const etcd = spawnCommand(
    programs.etcd,
    [
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${store}`,
      `--advertise-client-urls=${store}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
      '--log-level=error',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const apiServer = spawnCommand(
    programs['kube-apiserver'],
    [
      `--etcd-servers=${store}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--secure-port=${port}`,
      `--tls-cert-file=${certFile}`,
      `--tls-private-key-file=${keyFile}`,
      `--token-auth-file=${join(folder, 'tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${accounts.certFile}`,
      `--service-account-signing-key-file=${accounts.keyFile}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const programsThatRun = [etcd, apiServer];
  let lines: string[] = [];
  for (const each of programsThatRun)
    each.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      lines = [...lines, ...chunk.trimEnd().split('\n')].slice(-5);
    });

  const cache = join(folder, 'cache');
  mkdirSync(cache);
  const kubectl = async (args: readonly string[], input = ''): Promise<Output> => {
    const child = spawn('kubectl', args, {
      env: { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: config, KUBECACHEDIR: cache },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(input);
    const closed = new Promise<number | null>((done) => child.once('close', done));
    const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { status, stdout, stderr };
  };
  const close = async (): Promise<void> => {
    for (const each of programsThatRun.toReversed()) {
      if (each.exitCode !== null || each.signalCode !== null) continue;
      const ended = new Promise((done) => each.once('exit', done));
      each.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true });
  };
  try {
    await until(
      async () => {
        if (programsThatRun.some(({ exitCode }) => exitCode !== null))
          throw new Error(`a program of Kubernetes ended before it was ready:\n${lines.join('\n')}`);
        return (await kubectl(['get', '--raw', '/readyz'])).status === 0;
      },
      { everyMs: 500, withinMs: 180_000 },
    );
  } catch (error) {
    await close();
    throw error;
  }
  return { kubectl, close };
}

const kubeconfig = (server: string, authority: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'proof', cluster: { server, 'certificate-authority': authority } }],
    users: [{ name: 'administrator', user: { token: 'administrator' } }],
    contexts: [{ name: 'proof', context: { cluster: 'proof', user: 'administrator' } }],
    'current-context': 'proof',
  });
