import { execFileSync } from 'node:child_process';
import { existsSync, statSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { commit, createTemplate, git, put, read, upgrade } from './template-fixture.ts';

// Each workspace is locked until the process ends.
process.setMaxListeners(40);
const info = jest.spyOn(logger, 'info').mockImplementation(() => undefined);
const template = createTemplate();
afterAll(() => template[Symbol.dispose]());
const versionOf = (folder: string): string => JSON.parse(read(folder, '.bff.json')).template.version;
const status = (folder: string): string => git(folder, 'status', '--porcelain');

const migrations = (...names: readonly string[]): string =>
  JSON.stringify({ generators: Object.fromEntries(names.map((name) => [name, { version: '1.2.0' }])) });
template.release('1.1.0', {
  'libs/one/a.ts': "import '@template/one';\n1\n2\n3\nlast, corrected\n",
  'libs/one/new.sh': '@template\n',
  'engine.txt': 'engine, corrected\n',
  'example.txt': 'another example\n',
  'derived.txt': 'of the template, later\n',
  'apps/web-bff/src/screens/any.ts': 'new shape\n',
});
template.release('1.2.0', {
  'libs/one/new.sh': undefined,
  'tools/generators/migrations.json': migrations('change-shape'),
});
template.release('1.3.0', { broken: 'this version is broken' });
commit(template.folder, { broken: undefined });

/** A copy as GitHub's template button makes it, one commit without history, that was adopted afterwards. */
function withoutHistory(folder: string, ...commits: readonly string[]): string {
  const trees = commits.map((each) => git(folder, 'rev-parse', `${each}^{tree}`));
  git(folder, 'checkout', '--quiet', '--orphan', 'fresh');
  for (const tree of trees) {
    git(folder, 'read-tree', '-u', '--reset', tree);
    git(folder, 'commit', '--quiet', '--message', 'copy');
  }
  return folder;
}

describe('an upgrade', () => {
  test.each<[string, () => string, string]>([
    ['a clone', () => template.adopt(), '@template'],
    ['a copy of one root commit', () => withoutHistory(template.adopt(), 'HEAD~1', 'HEAD'), '@template'],
    ['a squashed copy', () => withoutHistory(template.adopt(), 'HEAD'), '@template'],
    ['a copy with a scope of its own', () => template.adopt('@mine'), '@mine'],
  ])('of %s takes what the template changed and keeps what the adopter did', async (_, copy, scope) => {
    const folder = copy();
    const readme = '# Ours\n';
    commit(folder, { 'README.md': readme, 'libs/one/a.ts': `import '${scope}/one';\nours\n1\n2\n3\nlast\n`, 'own.txt': '' });
    await upgrade(folder, '1.1.0');
    expect(read(folder, 'libs/one/a.ts')).toBe(`import '${scope}/one';\nours\n1\n2\n3\nlast, corrected\n`);
    expect(info).toHaveBeenCalledWith('merged with your changes: libs/one/a.ts');
    expect([read(folder, 'README.md'), read(folder, 'libs/one/new.sh')]).toEqual([readme, `${scope}\n`]);
    expect([read(folder, 'derived.txt'), existsSync(join(folder, 'example.txt'))]).toEqual(['from engine, corrected\n', false]);
    expect(read(folder, 'apps/web-bff/src/screens/any.ts')).toBe('old shape\n');
    expect(versionOf(folder)).toBe('1.1.0');
    commit(folder);

    await upgrade(folder, '1.2.0');
    expect(existsSync(join(folder, 'libs/one/new.sh'))).toBe(false);
    expect(read(folder, 'migrated.txt')).toBe(`${scope}/tools change-shape`);
    expect([versionOf(folder), existsSync(join(folder, 'migrations.json'))]).toEqual(['1.2.0', false]);
    commit(folder);
    await upgrade(folder, '1.2.0');
    expect(status(folder)).toBe('');
  }, 60_000);

  test('keeps a file executable', async () => {
    template.release('1.2.1', { 'run.sh': '' });
    execFileSync('chmod', ['+x', join(template.folder, 'run.sh')]);
    template.release('1.2.2', {});
    const folder = template.adopt();
    await upgrade(folder, '1.2.2');
    expect(statSync(join(folder, 'run.sh')).mode & 0o111).toBe(0o111);
  }, 60_000);

  test('of a copy made between two releases starts from the commit it was made of', async () => {
    commit(template.folder, { 'engine.txt': 'between\n' });
    const tree = git(template.folder, 'rev-parse', 'HEAD^{tree}');
    template.release('1.2.3', { 'engine.txt': 'after\n' });
    const folder = template.adopt();
    const answers = JSON.parse(read(folder, '.bff.json'));
    commit(folder, { 'engine.txt': 'between\n', '.bff.json': JSON.stringify({ ...answers, template: { ...answers.template, tree } }) });
    await upgrade(folder, '1.2.3');
    expect(read(folder, 'engine.txt')).toBe('after\n');
  }, 60_000);
}); // prettier-ignore

describe('with conflicts', () => {
  test('it names the files, keeps the version, and goes on when they are resolved', async () => {
    const folder = template.adopt();
    commit(folder, { 'engine.txt': 'ours\n', 'libs/one/a.ts': undefined });
    const conflict = /^1 files have conflicts:\n {2}engine\.txt\nresolve them/;
    await expect(upgrade(folder, '1.1.0')).rejects.toThrow(conflict);
    expect([versionOf(folder), read(folder, 'derived.txt')]).toEqual(['1.0.0', 'of the copy\n']);
    expect(status(folder)).toContain('UU engine.txt');
    expect(info).toHaveBeenCalledWith('changed by the template, deleted by you: libs/one/a.ts');

    const before = status(folder);
    await expect(upgrade(folder, '1.1.0')).rejects.toThrow(conflict);
    await expect(upgrade(folder, '1.2.0')).rejects.toThrow('the upgrade to 1.1.0 is not finished');
    expect(status(folder)).toBe(before);

    git(folder, 'add', 'engine.txt');
    await expect(upgrade(folder, '1.1.0')).rejects.toThrow(conflict);
    commit(folder, { 'engine.txt': 'both\n' });
    await upgrade(folder, '1.1.0');
    expect([versionOf(folder), read(folder, 'derived.txt')]).toEqual(['1.1.0', 'from both\n']);
    expect(JSON.parse(read(folder, '.bff.json'))).not.toHaveProperty('pending');
  }, 60_000);

  test('git takes it back, and it can begin again', async () => {
    const folder = template.adopt();
    commit(folder, { 'engine.txt': 'ours\n' });
    await expect(upgrade(folder, '1.1.0')).rejects.toThrow('have conflicts');
    git(folder, 'reset', '--quiet', '--hard');
    git(folder, 'clean', '--quiet', '--force', '-d');
    commit(folder, { 'engine.txt': 'engine\n' });
    await upgrade(folder, '1.1.0');
    expect(versionOf(folder)).toBe('1.1.0');
  }, 60_000);
});

test('a step that fails after the merge says so, and runs again', async () => {
  const folder = template.adopt();
  put(folder, { broken: 'no disk' });
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'broken');
  await expect(upgrade(folder, '1.1.0')).rejects.toThrow(/^everything is merged, but nx sync failed: no disk; run upgrade again/);
  expect(versionOf(folder)).toBe('1.0.0');
  rmSync(join(folder, 'broken'));
  await upgrade(folder, '1.1.0');
  expect(versionOf(folder)).toBe('1.1.0');
}, 60_000); // prettier-ignore

describe('it refuses in one line, and writes nothing', () => {
  const folder = withoutHistory(template.adopt(), 'HEAD');
  const none = join(template.folder, 'none');
  const answers = JSON.parse(read(folder, '.bff.json'));
  const withTemplate = (changes: object): string =>
    JSON.stringify({ ...answers, template: { ...answers.template, ...changes } });

  test.each<[string, string, object, Record<string, string | undefined>, string | RegExp]>([
    ['a copy without answers file', '1.1.0', {}, { '.bff.json': undefined }, /^there is no \.bff\.json: this copy was not made by adopt/],
    ['an answers file that is no JSON', '1.1.0', {}, { '.bff.json': '<<<<<<<' }, /^\.bff\.json is not JSON: /],
    ['an answers file of another form', '1.1.0', {}, { '.bff.json': '{}' }, /^\.bff\.json is not as adopt writes it: template: /],
    ['a version that is not one', 'latest', {}, {}, '"latest" is not a version: write it as in 1.4.0'],
    ['an unknown version', '9.0.0', {}, {}, /^the template has no version 9\.0\.0; it has (?:1\.\d\.\d, )+1\.3\.0$/],
    ['a version older than its own', '0.9.0', {}, {}, 'this workspace has version 1.0.0, which is later than 0.9.0'],
    ['a version that we never made', '1.1.0', {}, { '.bff.json': withTemplate({ version: '1.0.9', tree: 'x' }) }, 'the template has no version 1.0.9'],
    ['a repository that is not there', '1.1.0', { from: none }, {}, `the template cannot be fetched from ${none}: repository '${none}' does not exist`],
    ['a host that is not there', '1.1.0', { from: 'https://127.0.0.1:9/x.git' }, {}, /^the template cannot be fetched from https:.*(?:connect|refused)/i],
    ['no repository', '1.1.0', {}, { '.bff.json': withTemplate({ repository: undefined }) }, 'it is not known where the template is: name its repository with --from=<url or path>'],
    ['a version that cannot be rendered', '1.3.0', {}, {}, 'version 1.3.0 cannot be rendered: this version is broken'],
  ])('%s', async (_, to, options, changes, reason) => {
    commit(folder, changes);
    const refused = upgrade(folder, to, options);
    await expect(refused).rejects.toThrow(reason);
    await refused.catch(({ message }: Error) => expect(message).not.toContain('\n'));
    expect(status(folder)).toBe('');
    git(folder, 'reset', '--quiet', '--hard', 'HEAD~1');
  }, 60_000);

  test('changes that are not committed', async () => {
    put(folder, { 'new.txt': '' });
    await expect(upgrade(folder, '1.1.0')).rejects.toThrow('changes that are not committed');
    expect(status(folder)).toBe('?? new.txt');
  });
}); // prettier-ignore
