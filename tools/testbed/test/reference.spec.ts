import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../..');

test('docs/reference is of today; else: node tools/testbed/src/reference.ts', () => {
  // A process of its own: prettier loads its parsers in a way that Jest's sandbox has none of.
  const script = `import { referencePage } from './tools/testbed/src/reference-page.ts'; process.stdout.write(await referencePage());`;
  const made = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(readFileSync(resolve(root, 'docs/reference/README.md'), 'utf8')).toBe(made);
}, 30_000);
