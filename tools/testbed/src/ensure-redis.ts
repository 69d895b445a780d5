import { spawnSync } from 'node:child_process';

/**
 * Ensures a real Redis for the tests: finds it on PATH, installs it with the system's package manager, or
 * explains how to get it.
 */
const found = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

const installers: readonly [command: string, script: string][] = [
  ['apt-get', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server'],
  ['dnf', 'dnf install -y -q redis'],
  ['apk', 'apk add --quiet redis'],
  ['brew', 'brew install --quiet redis'],
];

function install(): boolean {
  const installer = installers.find(([command]) => found(command));
  if (!installer) return false;
  const [command, script] = installer;
  const privileged = command === 'brew' || process.getuid?.() === 0 ? script : `sudo -n sh -c '${script}'`;
  process.stdout.write(`redis-server is not on PATH; installing it with ${command}\n`);
  // Output is shown only on failure: the long output of an installation worries newcomers.
  const { status, stdout, stderr } = spawnSync('sh', ['-c', privileged], { encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`${stdout}${stderr}`);
  return status === 0;
}

if (!found('redis-server') && !(install() && found('redis-server'))) {
  process.stderr.write(
    'The tests need a real Redis and none could be installed.\n' +
      'Install one (https://redis.io/docs/latest/operate/oss_and_stack/install/) so that `redis-server` is on PATH, then run `npm test` again.\n',
  );
  process.exit(1);
}
