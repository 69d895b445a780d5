import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { repository } from '../src/apps.ts';

const maxFiles = 15;
/** Folders with one file per service, screen or document, which grow with the product. */
const growing =
  /^(?:libs\/services|apps\/[^/]+\/(?:src|test)\/screens|tools\/demo-services\/(?:src|test)\/fakes|tools\/generators\/test\/data\/cases)\//;

const files = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'apps', 'libs', 'tools'],
  { cwd: repository, encoding: 'utf8' },
)
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(repository, file)));

/** Returns a line for each folder with too many files; files of its subfolders do not count. */
function oversized(paths: readonly string[]): string[] {
  const perFolder = Map.groupBy(
    paths.filter((path) => !growing.test(path)),
    (path) => dirname(path),
  );
  return [...perFolder]
    .filter(([, { length }]) => length > maxFiles)
    .map(
      ([folder, { length }]) => `${folder}: ${length} files; sort them into folders of at most ${maxFiles}`,
    );
}

test('no folder of apps, libs and tools contains more than 15 files', () => {
  expect(files.length).toBeGreaterThan(500);
  expect(oversized(files)).toEqual([]);
});

const filesIn = (folder: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${folder}/file-${index}.ts`);

test('a folder with 16 files is reported, without counting the files of its subfolders', () => {
  const paths = [...filesIn('libs/a/src', 16), ...filesIn('libs/b/src', 15), ...filesIn('libs/b/src/c', 15)];
  expect(oversized(paths)).toEqual(['libs/a/src: 16 files; sort them into folders of at most 15']);
});

test.each([
  'libs/services/src',
  'apps/a-bff/src/screens',
  'apps/a-bff/test/screens',
  'tools/demo-services/src/fakes',
])('the folder %s may contain more files, because it has one for each service or screen', (folder) => {
  expect(oversized(filesIn(folder, 50))).toEqual([]);
});
