import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { apps } from '../src/apps.ts';
import { selfSignedCertificate } from '../src/servers/certificate.ts';
import { freePort } from '../src/servers/free-ports.ts';
import { startRedis } from '../src/servers/redis.ts';
import { renderOverlay } from './render-overlay.ts';

/**
 * `npm run build && npm run prove-pods`: starts each production bundle like its pod: with the environment and
 * files of the rendered manifests and of the component `certificates`, in its own mount and process
 * namespace, as user 65532 without capabilities, with a Redis that requires a client certificate. Repeats
 * this with each kind of wrong file, with which the process must not start. Prints a Markdown table. Exit
 * code 1 when a process does not start although it should, starts although it should not, or gives the reason
 * in more than one line. Requires root and kubectl.
 */
const root = resolve(import.meta.dirname, '../../..');
const user = 65_532;
const mountPoint = '/etc/bff';

interface Tree {
  readonly [name: string]: Tree & string & Tree[];
}

interface Case {
  readonly title: string;
  /** Changes the files of the secret. */
  readonly change: (folder: string) => void;
  /**
   * Matches the only line that the pod prints, the reason why it does not start. Undefined: it becomes ready.
   */
  readonly refused?: RegExp;
}

const keyFile = (folder: string): string => join(folder, 'redis.key');
const withMode =
  (mode: number, owner = 0, group = user) =>
  (folder: string): void => {
    chownSync(keyFile(folder), owner, group);
    chmodSync(keyFile(folder), mode);
  };
const cases: readonly Case[] = [
  { title: 'key 0440, of the group of the pod', change: withMode(0o440) },
  { title: 'key 0400, of root', change: withMode(0o400, 0, 0), refused: /REDIS_KEY_FILE/ },
  { title: 'key 0444', change: withMode(0o444), refused: /REDIS_KEY_FILE/ },
  { title: 'key 0644', change: withMode(0o644), refused: /REDIS_KEY_FILE/ },
  { title: 'no key', change: (folder) => rmSync(keyFile(folder)), refused: /REDIS_KEY_FILE/ },
  { title: 'a CA file without a certificate', change: (folder) => writeFileSync(join(folder, 'redis-ca.crt'), 'not a certificate'), refused: /REDIS_CA_FILE/ },
  { title: 'the key of another certificate', change: (folder) => { cpSync(join(folder, 'other.key'), keyFile(folder)); withMode(0o440)(folder); }, refused: /REDIS_(?:KEY|CERT)_FILE/ },
]; // prettier-ignore

if (process.getuid?.() !== 0) {
  process.stderr.write('prove-pods: root is required to change the user\n');
  process.exit(1);
}
if (apps().some((app) => !existsSync(join(root, `apps/${app}/dist/bundle/main.js`)))) {
  process.stderr.write('prove-pods: the bundle is missing; run npm run build\n');
  process.exit(1);
}

const scratch = mkdtempSync(join(tmpdir(), 'pods-'));
chmodSync(scratch, 0o755);
for (const name of ['ours', 'other']) selfSignedCertificate(scratch, name, 'IP:127.0.0.1');
const tlsPort = await freePort();
const redis = await startRedis(
  '--tls-port',
  String(tlsPort),
  '--tls-cert-file',
  join(scratch, 'ours.crt'),
  '--tls-key-file',
  join(scratch, 'ours.key'),
  '--tls-ca-cert-file',
  join(scratch, 'ours.crt'),
);
const isMountPointOurs = !existsSync(mountPoint);
mkdirSync(mountPoint, { recursive: true });

const pem = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
const secretOf = (name: string): string =>
  name === 'SIGNALS_AUTHORIZATION'
    ? ''
    : /^INTERNAL_.*_KEY$/.test(name)
      ? pem()
      : randomBytes(32).toString('base64url');

/** Writes the files that the pod finds below {@link mountPoint}, and returns its environment. */
function preparePod(app: string, folder: string): Record<string, string> {
  const manifests = renderOverlay(`apps/${app}/deploy/overlays/prod`, 'certificates') as Tree[];
  const mapOf = (name: unknown) =>
    manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata?.['name'] === name)?.['data'] ??
    {};
  const pod = manifests.find(({ kind }) => kind === 'Deployment')?.['spec']?.['template']?.['spec'] as Tree;
  const container = pod['containers']?.[0] as Tree;
  for (const { name: volume, mountPath } of container['volumeMounts'] ?? []) {
    const below = join(folder, String(mountPath).slice(mountPoint.length));
    mkdirSync(below, { recursive: true });
    const source = pod['volumes']?.find(({ name }) => name === volume);
    for (const [file, content] of Object.entries(mapOf(source?.['configMap']?.['name'])))
      writeFileSync(join(below, file), String(content));
  }
  const certificates = join(folder, 'certificates');
  for (const [from, to] of [
    ['ours.crt', 'redis-ca.crt'],
    ['ours.crt', 'redis.crt'],
    ['ours.key', 'redis.key'],
    ['other.key', 'other.key'],
  ] as const) {
    cpSync(join(scratch, from), join(certificates, to));
    chownSync(join(certificates, to), 0, user);
    chmodSync(join(certificates, to), 0o440);
  }
  const maps = (container['envFrom'] ?? []).map(({ configMapRef }) => mapOf(configMapRef?.['name']));
  const own = (container['env'] ?? []).map(({ name, value }) => [name, value ?? secretOf(String(name))]);
  return {
    ...(Object.assign({}, ...maps) as Record<string, string>),
    ...(Object.fromEntries(own) as Record<string, string>),
    NODE_ENV: 'production',
    REDIS_URL: `rediss://127.0.0.1:${tlsPort}`,
    REDIS_CA_FILE: `${mountPoint}/certificates/redis-ca.crt`,
    REDIS_CERT_FILE: `${mountPoint}/certificates/redis.crt`,
    REDIS_KEY_FILE: `${mountPoint}/certificates/redis.key`,
  };
}

function startPod(app: string, folder: string, env: Record<string, string>): ChildProcess {
  const command = `mount --bind '${folder}' ${mountPoint} && exec setpriv --reuid=${user} --regid=${user} --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs '${process.execPath}' '${join(root, `apps/${app}/dist/bundle/main.js`)}'`;
  return spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', command], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/** Starts a pod, and returns the result. */
async function outcomeOf(app: string, { change }: Case): Promise<{ isReady: boolean; lines: string[] }> {
  const folder = mkdtempSync(join(scratch, `${app}-`));
  chmodSync(folder, 0o755);
  const env = preparePod(app, folder);
  change(join(folder, 'certificates'));
  const port = await freePort();
  const pod = startPod(app, folder, {
    ...env,
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    MANAGEMENT_PORT: String(port),
    PORT: String(await freePort()),
  });
  const [stdout, stderr] = [
    text(pod.stdout as NodeJS.ReadableStream),
    text(pod.stderr as NodeJS.ReadableStream),
  ];
  let isReady = false;
  const ended = new Promise<void>((done) => pod.once('exit', () => done()));
  for (
    const giveUpAt = performance.now() + 60_000;
    !isReady && pod.exitCode === null && performance.now() < giveUpAt;
    await wait(100)
  )
    isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  // Kills the process group, because a process of another user would outlive its parent.
  if (pod.exitCode === null) process.kill(-(pod.pid as number), 'SIGKILL');
  await ended;
  await stdout;
  return { isReady, lines: (await stderr).split('\n').filter((line) => line.trim() !== '') };
}

let failures = 0;
process.stdout.write('| app | files | result | message |\n| --- | --- | --- | --- |\n');
try {
  for (const app of apps())
    for (const one of cases) {
      const { isReady, lines } = await outcomeOf(app, one);
      const [, line = '', ...others] = lines;
      const isRight =
        one.refused === undefined ? isReady : !isReady && one.refused.test(line) && others.length === 0;
      if (!isRight) failures++;
      const said = isReady ? '' : (isRight ? [line.trim()] : lines).join('<br>');
      process.stdout.write(
        `| ${app} | ${one.title} | ${isReady ? 'ready' : 'exited'}${isRight ? '' : ', **wrong**'} | ${said} |\n`,
      );
    }
} finally {
  await redis.close();
  rmSync(scratch, { recursive: true, force: true });
  if (isMountPointOurs) rmSync(mountPoint, { recursive: true });
}
process.exit(failures === 0 ? 0 : 1);
