import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { repository } from '../src/apps.ts';

let root: string;
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
beforeEach(() => {
  // Below this project, so that the packages resolve.
  mkdirSync(join(repository, 'tools/testbed/dist'), { recursive: true });
  root = mkdtempSync(join(repository, 'tools/testbed/dist/build-'));
  write('apps/one/package.json', '{ "name": "one", "version": "1.0.0", "type": "module" }');
  write(
    'apps/one/src/main.ts',
    "import { thing } from '../../../libs/things/src/index.ts';\nconsole.log(thing);\n",
  );
  write('libs/things/src/index.ts', "export const thing: string = 'thing';\n");
});
afterEach(() => rmSync(root, { recursive: true }));

const build = () =>
  spawnSync(process.execPath, [join(repository, 'tools/testbed/src/build.ts')], {
    cwd: join(root, 'apps/one'),
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });

test('a program is bundled into one file, next to the files that its libs read from packages at runtime', () => {
  write('libs/things/package.json', '{ "filesAtRunTime": { "yaml": ["LICENSE"] } }');
  expect(build()).toMatchObject({ status: 0, stderr: '' });
  const bundle = join(root, 'apps/one/dist/bundle');
  expect(readdirSync(bundle).toSorted()).toEqual(['main.js', 'main.js.map', 'yaml']);
  expect(readFileSync(join(bundle, 'yaml/LICENSE'), 'utf8')).toContain('Permission to use');
  const { stdout } = spawnSync(process.execPath, [join(bundle, 'main.js')], { encoding: 'utf8' });
  expect(stdout).toBe('thing\n');
}, 30_000);

test('the build fails when a lib reads files of a package that is not installed', () => {
  write('libs/things/package.json', '{ "filesAtRunTime": { "no-such-package": ["LICENSE"] } }');
  const { status, stderr } = build();
  expect(status).toBe(1);
  expect(stderr).toContain("Cannot find package 'no-such-package'");
}, 30_000);
