import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { repository } from '../../src/apps.ts';
import { deriveTree } from '../../src/derive/derive-tree.ts';
import { createFixture, type Fixture } from './derived-fixture.ts';

const table = 'apps/one-bff/src/screens.ts';
const registry = 'libs/services/src/index.ts';
const screens = (...names: string[]): string =>
  `export const screens = { screenNames: ${JSON.stringify(names)} };\n`;

/** Runs git in the fixture; a merge with conflicts exits with 1. */
const gitIn =
  ({ root }: Fixture) =>
  (...args: string[]): string =>
    spawnSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
    }).stdout;

test('after merging two branches that each added a service and a screen, one run resolves all derived files', async () => {
  using fixture = createFixture();
  using expected = createFixture();
  const git = gitIn(fixture);
  const commit = async (): Promise<void> => {
    await deriveTree(fixture.root);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'change');
  };
  cpSync(join(repository, '.gitattributes'), join(fixture.root, '.gitattributes'));
  fixture.addService('thing', 8090);
  git('init', '--quiet', '--initial-branch=main');
  await commit();
  for (const [name, port] of [
    ['gadget', 8091],
    ['widget', 8092],
  ] as const) {
    git('checkout', '--quiet', '-b', name, 'main');
    fixture.addService(name, port);
    fixture.write(table, screens(name));
    await commit();
  }

  const conflicts = git('merge', 'gadget');
  expect(conflicts).toContain('Merge conflict in docker/compose.yaml');
  expect(conflicts).toContain('Merge conflict in libs/services/src/screen-names.ts');
  expect(fixture.read('docker/compose.yaml')).toContain('<<<<<<<');
  expect(fixture.read('libs/services/src/screen-names.ts')).not.toContain('<<<<<<<');

  for (const [name, port] of [
    ['thing', 8090],
    ['gadget', 8091],
    ['widget', 8092],
  ] as const)
    expected.addService(name, port);
  expected.write(table, screens('gadget', 'widget'));
  await deriveTree(expected.root);
  fixture.write(registry, expected.read(registry));
  fixture.write(table, expected.read(table));
  await deriveTree(fixture.root);
  expect(fixture.tree()).toMatchObject(expected.tree());
}, 120_000);

test('git does not merge files that are derived completely', async () => {
  using fixture = createFixture();
  fixture.addService('thing', 8090);
  const before = fixture.tree();
  await deriveTree(fixture.root);
  const complete = Object.keys(fixture.tree()).filter((file) => !(file in before));
  expect(complete).toContain('apps/one-bff/openapi.json');
  const attributes = execFileSync(
    'git',
    ['check-attr', 'merge', 'linguist-generated', '--', ...complete, 'tools/demo-world/src/bffs.ts'],
    {
      cwd: repository,
      encoding: 'utf8',
    },
  );
  expect(
    attributes
      .trim()
      .split('\n')
      .filter((line) => !/ (merge: unset|linguist-generated: set)$/.test(line)),
  ).toEqual([]);
}, 60_000);
