import { expect, test } from '@jest/globals';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { migrateSources, type Edit } from '../../src/migrations/migrate-sources.ts';

const edit: Edit = (source) => {
  const text = source.getFullText();
  if (text.includes('strange')) return { unknown: 'do it manually' };
  return text.includes('added')
    ? []
    : [
        { at: 0, text: 'added();\n' },
        { at: text.length, text: 'added();\n' },
      ];
};

test('a migration edits known structures, names unknown ones, and changes nothing when it runs again', async () => {
  const tree = createTreeWithEmptyWorkspace();
  const put = (path: string, text: string): void => tree.write(path, text);
  put('.prettierrc', '{}');
  put('apps/a/src/known.ts', 'known();\n');
  put('apps/a/src/strange.ts', 'strange()');
  put('libs/a/known.ts', 'known();\n');
  const run = () => migrateSources(tree, 'apps/*/src/*.ts', edit);
  const texts = () =>
    ['apps/a/src/known.ts', 'apps/a/src/strange.ts', 'libs/a/known.ts'].map((path) =>
      tree.read(path, 'utf8'),
    );
  for (let time = 0; time < 2; time++) {
    expect(await run()).toEqual(['apps/a/src/strange.ts: do it manually']);
    expect(texts()).toEqual(['added();\nknown();\nadded();\n', 'strange()', 'known();\n']);
  }
});
