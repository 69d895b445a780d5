import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { apps, repository as root } from './apps.ts';

/**
 * `npm run image -- <app> [options of the engine]`: builds the image of an app with the first container
 * engine that works on this machine.
 */
const names = [...apps(), 'demo'];

interface Engine {
  readonly command: string;
  /**
   * Arguments of a call that succeeds only if the engine can build. That the command exists is not enough: a
   * Docker client without its daemon cannot build.
   */
  readonly works: readonly string[];
  readonly build: readonly string[];
}

/** podman and buildah support health checks only in Docker's image format, not in OCI's. */
const engines: readonly Engine[] = [
  { command: 'docker', works: ['version', '--format', '{{.Server.Version}}'], build: ['build'] },
  { command: 'podman', works: ['info'], build: ['build', '--format', 'docker'] },
  { command: 'buildah', works: ['--version'], build: ['bud', '--format', 'docker'] },
];
const works = ({ command, works }: Engine): boolean =>
  spawnSync(command, works, { timeout: 20_000 }).status === 0;

function refuse(message: string): never {
  process.stderr.write(`image: ${message}\n`);
  process.exit(1);
}

const [name = '', ...options] = process.argv.slice(2);
if (!names.includes(name)) refuse(`${name || 'nothing'} is not one of ${names.join(', ')}`);
const engine =
  engines.find(works) ??
  refuse(
    'no engine works here: docker (with its daemon running), podman or buildah is needed.\n' +
      'Debian and Ubuntu: apt-get install buildah; others: https://podman.io/docs/installation',
  );

const manifest = resolve(
  root,
  existsSync(resolve(root, 'apps', name)) ? `apps/${name}` : '.',
  'package.json',
);
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
const revision = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim();
const tag = `${name}:${version}`;

process.stdout.write(`building ${tag} with ${engine.command}\n`);
const { status } = spawnSync(
  engine.command,
  [
    ...engine.build,
    ...['--file', 'docker/Dockerfile', '--tag', tag],
    ...['--build-arg', `APP=${name}`, '--build-arg', `VERSION=${version}`],
    ...['--build-arg', `REVISION=${revision || 'unknown'}`],
    ...options,
    '.',
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
