import { resolve } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { lintSource } from '../src/source/lint-source.ts';

jest.setTimeout(120_000);

const root = resolve(import.meta.dirname, '../../..');
const file = 'libs/services/src/not-written.ts';

test('lintSource accepts a file that is not written yet', async () => {
  await expect(lintSource(root, { [file]: 'export const a = 1;\n' })).resolves.toBeUndefined();
});

test('lintSource rejects a file with the line and the reason, including rules that need types', async () => {
  const source = 'export const a = Promise.resolve(1);\na.then(() => undefined);\nconsole.log(a);\n';
  await expect(lintSource(root, { [file]: source })).rejects.toThrow(
    /^the generated code does not pass lint, so nothing was written: libs\/services\/src\/not-written\.ts:2: Promises must be awaited[^;]*; [^;]*:3: Unexpected console statement\.$/,
  );
});
