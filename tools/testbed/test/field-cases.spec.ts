import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');
const specs = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.spec.ts'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(resolve(root, file)));

/** Returns the IDs at the beginning of titles of tests and groups. */
function idsOf(text: string): string[] {
  const titles = text.matchAll(/\(\s*[`'"]((?:[A-Z]\d+ )*F\d\d\b)/g);
  return [...titles].flatMap(
    ([, title = '']) => /^(?:[A-Z]\d+ )+/.exec(`${title} `)?.[0].match(/F\d\d/g) ?? [],
  );
}

const rows = [...read('docs/reference/field-cases.md').matchAll(/^\| (F\d\d) .*\| `([^`]+)` +\|$/gm)].map(
  ([, id = '', file = '']) => ({ id, file }),
);

test('the table of field cases has rows with unique IDs in order', () => {
  const ids = rows.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(30);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test.each(rows)('the field case $id has a test in $file', ({ id, file }) => {
  expect(idsOf(read(file))).toContain(id);
});

test('every field-case ID in a test title is listed in docs/reference/field-cases.md', () => {
  const known = new Set(rows.map(({ id }) => id));
  const unknown = specs.flatMap((file) =>
    idsOf(read(file)).flatMap((id) => (known.has(id) ? [] : [`${file}: ${id}`])),
  );
  expect(unknown).toEqual([]);
});

test('F62 no test asserts an upper limit of elapsed time', () => {
  const wrong = specs.filter((file) => {
    const text = read(file);
    const elapsed = text.matchAll(/const (\w+) = \(?(?:performance|Date)\.now\(\) - /g);
    return [...elapsed].some(([, name]) => new RegExp(`expect\\(${name}\\)\\.toBeLess`).test(text));
  });
  expect(wrong).toEqual([]);
});
