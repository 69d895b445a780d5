import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { commit, createTemplate, git, read, upgrade, withoutHistory } from './template-fixture.ts';

// Each workspace stays locked until the process exits.
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
  'apps/tv-bff/new.txt': 'new\n',
  'engine.txt': 'engine, corrected\n',
  'example.txt': 'another example\n',
  'derived.txt': 'of the template, later\n',
  'apps/web-bff/src/screens/any.ts': 'new shape\n',
});
template.release('1.2.0', {
  'libs/one/new.sh': undefined,
  'tools/generators/migrations.json': migrations('change-shape'),
});

describe('an upgrade', () => {
  test.each<[string, () => string, string]>([
    ['a clone', () => template.adopt(), '@template'],
    ['a copy of one root commit', () => withoutHistory(template.adopt(), 'HEAD~1', 'HEAD'), '@template'],
    ['a squashed copy', () => withoutHistory(template.adopt(), 'HEAD'), '@template'],
    ['a copy with a scope of its own', () => template.adopt('@mine'), '@mine'],
  ])(
    'an upgrade of %s takes the changes of the template and keeps those of the adopter',
    async (_, copy, scope) => {
      const folder = copy();
      const readme = '# Ours\n';
      commit(folder, {
        'README.md': readme,
        'libs/one/a.ts': `import '${scope}/one';\nours\n1\n2\n3\nlast\n`,
        'own.txt': '',
      });
      await upgrade(folder, '1.1.0');
      expect(read(folder, 'libs/one/a.ts')).toBe(`import '${scope}/one';\nours\n1\n2\n3\nlast, corrected\n`);
      expect(info).toHaveBeenCalledWith('merged with your changes: libs/one/a.ts');
      expect([read(folder, 'README.md'), read(folder, 'libs/one/new.sh')]).toEqual([readme, `${scope}\n`]);
      expect([read(folder, 'derived.txt'), existsSync(join(folder, 'example.txt'))]).toEqual([
        'from engine, corrected\n',
        false,
      ]);
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
    },
    180_000,
  );

  test('an upgrade keeps a file executable', async () => {
    template.release('1.2.1', { 'run.sh': '' });
    execFileSync('chmod', ['+x', join(template.folder, 'run.sh')]);
    template.release('1.2.2', {});
    const folder = template.adopt();
    await upgrade(folder, '1.2.2');
    expect(statSync(join(folder, 'run.sh')).mode & 0o111).toBe(0o111);
  }, 180_000);

  test('an upgrade adds no file of a family that was deleted', async () => {
    const folder = template.adopt();
    commit(folder, { 'apps/tv-bff/package.json': undefined });
    await upgrade(folder, '1.1.0');
    expect(existsSync(join(folder, 'apps/tv-bff/new.txt'))).toBe(false);
    expect(versionOf(folder)).toBe('1.1.0');
  }, 180_000);

  test('an upgrade of a copy that was made between two releases starts from the commit that was copied', async () => {
    commit(template.folder, { 'engine.txt': 'between\n' });
    const tree = git(template.folder, 'rev-parse', 'HEAD^{tree}');
    template.release('1.2.3', { 'engine.txt': 'after\n' });
    const folder = template.adopt();
    const answers = JSON.parse(read(folder, '.bff.json'));
    commit(folder, {
      'engine.txt': 'between\n',
      '.bff.json': JSON.stringify({ ...answers, template: { ...answers.template, tree } }),
    });
    await upgrade(folder, '1.2.3');
    expect(read(folder, 'engine.txt')).toBe('after\n');
  }, 180_000);
});

describe('an upgrade with conflicts', () => {
  test('an upgrade with conflicts names the files, keeps the version, and continues when the conflicts are resolved', async () => {
    const folder = template.adopt();
    commit(folder, { 'engine.txt': 'ours\n', 'libs/one/a.ts': undefined });
    const conflict = /^conflicts are left in\n {2}engine\.txt\nresolve them/;
    await expect(upgrade(folder, '1.1.0')).rejects.toThrow(conflict);
    expect([versionOf(folder), read(folder, 'derived.txt')]).toEqual(['1.0.0', 'of the copy\n']);
    expect(status(folder)).toContain('UU engine.txt');
    expect(info).toHaveBeenCalledWith('changed by the template, deleted by you: libs/one/a.ts');
    expect(info).toHaveBeenCalledWith('conflict, changed by both: engine.txt');

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
  }, 180_000);

  test('an upgrade keeps a file that the template deleted and the copy changed, until the file is added or removed in git', async () => {
    const folder = template.adopt();
    await upgrade(folder, '1.1.0');
    commit(folder, { 'libs/one/new.sh': 'ours\n' });
    for (let time = 0; time < 2; time++)
      await expect(upgrade(folder, '1.2.0')).rejects.toThrow('conflicts are left in\n  libs/one/new.sh\n');
    expect([status(folder), read(folder, 'libs/one/new.sh')]).toEqual([
      expect.stringContaining('UD libs/one/new.sh'),
      'ours\n',
    ]);
    git(folder, 'rm', '--quiet', 'libs/one/new.sh');
    await upgrade(folder, '1.2.0');
    expect(versionOf(folder)).toBe('1.2.0');
  }, 180_000);

  test('an upgrade with conflicts can be undone by git, and started again', async () => {
    const folder = template.adopt();
    commit(folder, { 'engine.txt': 'ours\n' });
    await expect(upgrade(folder, '1.1.0')).rejects.toThrow('conflicts are left in');
    git(folder, 'reset', '--quiet', '--hard');
    git(folder, 'clean', '--quiet', '--force', '-d');
    commit(folder, { 'engine.txt': 'engine\n' });
    await upgrade(folder, '1.1.0');
    expect(versionOf(folder)).toBe('1.1.0');
  }, 180_000);
});
