import { spawnSync } from 'node:child_process';
import { findBrowser } from './find-browser.ts';

/**
 * Makes sure that the tests have a real browser: finds one on PATH, installs one with the system's package
 * manager, or fails with a message that says what to install.
 */
const installers: readonly [command: string, script: string][] = [
  ['apt-get', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium'],
  ['dnf', 'dnf install -y -q chromium'],
  ['apk', 'apk add --quiet chromium'],
];

function install(): boolean {
  const installer = installers.find(
    ([command]) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0,
  );
  if (!installer) return false;
  const [command, script] = installer;
  const privileged = process.getuid?.() === 0 ? script : `sudo -n sh -c '${script}'`;
  process.stdout.write(`no Chromium on PATH; installing it with ${command}\n`);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', privileged], { encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`${stdout}${stderr}`);
  return status === 0;
}

if (!findBrowser() && !(install() && findBrowser())) {
  process.stderr.write(
    'The browser tests need Chromium or Chrome and none could be installed.\n' +
      'Install one so that `chromium` or `google-chrome` is on PATH, then run `npm run e2e` again.\n',
  );
  process.exit(1);
}
