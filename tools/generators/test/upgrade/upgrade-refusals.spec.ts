import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { commit, createTemplate, git, put, read, upgrade, withoutHistory } from './template-fixture.ts';

jest.spyOn(logger, 'info').mockImplementation(() => undefined);
const template = createTemplate();
afterAll(() => template[Symbol.dispose]());
template.release('1.1.0', { 'engine.txt': 'engine, corrected\n' });
template.release('1.3.0', { broken: 'this version is broken' });

const versionOf = (folder: string): string => JSON.parse(read(folder, '.bff.json')).template.version;

test('an upgrade whose last step fails after the merge reports the reason, and succeeds when it runs again', async () => {
  const folder = template.adopt();
  put(folder, { broken: 'no disk' });
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'broken');
  await expect(upgrade(folder, '1.1.0')).rejects.toThrow(
    /^everything is merged, but nx sync failed: no disk; run upgrade again/,
  );
  expect(versionOf(folder)).toBe('1.0.0');
  rmSync(join(folder, 'broken'));
  await upgrade(folder, '1.1.0');
  expect(versionOf(folder)).toBe('1.1.0');
}, 180_000);

describe('an upgrade is rejected in one line and writes nothing for', () => {
  const folder = withoutHistory(template.adopt(), 'HEAD');
  const none = join(template.folder, 'none');
  const answers = JSON.parse(read(folder, '.bff.json'));
  const withTemplate = (changes: object): string =>
    JSON.stringify({ ...answers, template: { ...answers.template, ...changes } });

  test.each<[string, string, object, Record<string, string | undefined>, string | RegExp]>([
    [
      'no answers file in the copy',
      '1.1.0',
      {},
      { '.bff.json': undefined },
      /^there is no \.bff\.json: this copy was not made by adopt/,
    ],
    [
      'an answers file that is not JSON',
      '1.1.0',
      {},
      { '.bff.json': '<<<<<<<' },
      /^\.bff\.json is not JSON: /,
    ],
    [
      'an answers file with another structure',
      '1.1.0',
      {},
      { '.bff.json': '{}' },
      /^\.bff\.json does not have the structure that adopt writes: template: /,
    ],
    ['an invalid version', 'latest', {}, {}, '"latest" is not a version: write it as in 1.4.0'],
    [
      'an unknown version',
      '9.0.0',
      {},
      {},
      /^the template has no version 9\.0\.0; it has 1\.0\.0, 1\.1\.0, 1\.3\.0$/,
    ],
    [
      'a version older than that of the copy',
      '0.9.0',
      {},
      {},
      'this workspace has version 1.0.0, which is later than 0.9.0',
    ],
    [
      'a version that was never released',
      '1.1.0',
      {},
      { '.bff.json': withTemplate({ version: '1.0.9', tree: 'x' }) },
      'the template has no version 1.0.9',
    ],
    [
      'a missing repository',
      '1.1.0',
      { from: none },
      {},
      `the template cannot be fetched from ${none}: repository '${none}' does not exist`,
    ],
    [
      'an unreachable host',
      '1.1.0',
      { from: 'https://127.0.0.1:9/x.git' },
      {},
      /^the template cannot be fetched from https:.*(?:connect|refused)/i,
    ],
    [
      'an unknown repository',
      '1.1.0',
      {},
      { '.bff.json': withTemplate({ repository: undefined }) },
      'the address of the template is unknown: name its repository with --from=<url or path>',
    ],
    [
      'a version that cannot be rendered',
      '1.3.0',
      {},
      {},
      'version 1.3.0 cannot be rendered: this version is broken',
    ],
  ])(
    'an upgrade with %s is rejected in one line and writes nothing',
    async (_, to, options, changes, reason) => {
      commit(folder, changes);
      const refused = upgrade(folder, to, options);
      await expect(refused).rejects.toThrow(reason);
      await refused.catch(({ message }: Error) => expect(message).not.toContain('\n'));
      expect(git(folder, 'status', '--porcelain')).toBe('');
      git(folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    },
    180_000,
  );

  test('an upgrade with uncommitted changes is rejected and writes nothing', async () => {
    put(folder, { 'new.txt': '' });
    await expect(upgrade(folder, '1.1.0')).rejects.toThrow(
      'there are changes that are not committed; commit or discard them first',
    );
    expect(git(folder, 'status', '--porcelain')).toBe('?? new.txt');
  });
});
