import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Tree } from '@nx/devkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { removeApps, chosenApps } from '../src/adopt/families.ts';
import { mentionsOf, readExample, removeExample, renamer } from '../src/adopt/example.ts';
import { tidyDocs, withoutLostCommands, withoutLostLinks, withoutMentions } from '../src/adopt/tidy-docs.ts';
import { tidyManifests, tidyWorkflows } from '../src/adopt/tidy-manifests.ts';
import { adoptGenerator } from '../src/index.ts';
import { documentFolder, parcelDocument } from './document-folder.ts';
import { mirrorWorkspace } from './workspace-copy.ts';

const workspace = resolve(import.meta.dirname, '../../..');
const documents = documentFolder();
afterAll(() => documents.remove());

/** Returns a tree over a folder that keeps changes in memory. */
function treeOf(root: string): Tree & { readonly changes: Map<string, string | null> } {
  const changes = new Map<string, string | null>();
  const onDisk = (path: string): string | null => {
    try {
      return readFileSync(join(root, path), 'utf8');
    } catch {
      return null;
    }
  };
  const read = (path: string): string | null =>
    changes.has(path) ? (changes.get(path) ?? null) : onDisk(path);
  return {
    root,
    changes,
    read,
    exists: (path: string) => read(path) !== null,
    children: (path: string) =>
      execFileSync('ls', [join(root, path)], { encoding: 'utf8' })
        .split('\n')
        .filter(Boolean),
    write: (path: string, text: string) => void changes.set(path, text),
    delete: (path: string) => void changes.set(path, null),
    listChanges: () =>
      [...changes].map(([path, text]) => ({
        path,
        type: text === null ? 'DELETE' : 'UPDATE',
        content: null,
      })),
  } as unknown as Tree & { readonly changes: Map<string, string | null> };
}

/** Creates a small workspace tracked by git. */
function workspaceWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'adopt-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  return folder;
}

describe('adopt rejects and writes nothing for', () => {
  const empty = 'openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths: {}\n';
  const onlyWrites =
    'openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths: { /a: { post: { responses: { "204": { description: d } } } } }\n';
  const file = documents.file;
  const parcel = file('parcel.yaml', parcelDocument);
  let folder: string;
  // A mirror, because another test process may run generators in the workspace itself.
  const mirror = mirrorWorkspace();
  afterAll(() => mirror.remove());
  beforeAll(() => {
    // Without untracked files, whatever the state of this workspace is.
    folder = workspaceWith({});
    execFileSync('git', ['--git-dir', join(folder, '.git'), 'config', 'core.bare', 'false']);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each<[string, object, string | RegExp]>([
    ['a missing document', { openapi: ' , ' }, 'name at least one OpenAPI document'],
    [
      'a document that does not exist',
      { openapi: join(documents.folder, 'none.yaml') },
      /cannot read .*ENOENT/,
    ],
    ['a document without operations', { openapi: file('empty.yaml', empty) }, 'has no operation to call'],
    [
      'a service without a read',
      { openapi: file('mute.yaml', onlyWrites) },
      'mute has no read from which a screen can be generated',
    ],
    ['a repeated name', { openapi: `${parcel},${parcel}` }, 'there is a "parcel" already'],
    ['the name of a family', { openapi: file('web.yaml', parcelDocument) }, 'there is a "web" already'],
    ['a file with an invalid name', { openapi: file('a_b.yaml', parcelDocument) }, '"a_b" is not a name'],
    ['an unknown family', { openapi: parcel, families: 'web,tv' }, 'there is no family "tv"; there are '],
    [
      'an invalid scope',
      { openapi: parcel, scope: 'nova' },
      '"nova" is not the scope of packages: write @name',
    ],
  ])('adopt rejects %s and writes nothing', async (_, options, reason) => {
    const tree = treeOf(mirror.folder);
    await expect(adoptGenerator(tree, { openapi: parcel, allowDirty: true, ...options })).rejects.toThrow(
      reason,
    );
    expect(tree.changes.size).toBe(0);
  });

  test('adopt rejects uncommitted changes and writes nothing', async () => {
    writeFileSync(join(folder, 'new.txt'), '');
    const tree = treeOf(folder);
    await expect(adoptGenerator(tree, { openapi: parcel })).rejects.toThrow('changes that are not committed');
    expect(tree.changes.size).toBe(0);
    rmSync(join(folder, 'new.txt'));
  });

  test('adopt rejects a workspace that was adopted before', async () => {
    await expect(adoptGenerator(treeOf(folder), { openapi: parcel })).rejects.toThrow(
      'this workspace has been adopted',
    );
  });
});

test('each pattern in the list of example files matches an existing file', () => {
  const tree = treeOf(workspace);
  const { remove } = readExample(tree);
  for (const glob of remove) {
    const one = treeOf(workspace);
    removeExample(one, { ...readExample(tree), remove: [glob] });
    expect([glob, one.changes.size > 0]).toEqual([glob, true]);
  }
});

test('words are replaced in lower, upper and title case and within identifiers, but not within other words', () => {
  const rename = renamer({ lo: 'di' });
  expect(rename('lo Lo LO loErp lo-user oneLo LO_ID')).toBe('di Di DI diErp di-user oneDi DI_ID');
  expect(rename('lob Lob alo LOX')).toBe('lob Lob alo LOX');
});

test('words of the example are found within identifiers', () => {
  const mentions = mentionsOf(String.raw`\bgadgets?\b`);
  expect(['gadgetTier', 'GADGET_URL', 'a gadget'].map(mentions)).toEqual([true, true, true]);
  expect(mentions('gadgetry')).toBe(false);
});

describe('pages of the documentation', () => {
  const mentions = mentionsOf('gadget');
  test('pages of the documentation lose paragraphs, items, rows, code blocks and headings of the example, and keep the rest', () => {
    const page = `# Gadgets\n\nStays.\n\nA gadget\ngoes.\n\n- stays\n- a gadget goes\n  with its second line\n\n## Only gadgets\n\n\`\`\`sh\n# gadget\n\n\`\`\`\n\n## Table\n\n| a   |\n| --- |\n| 1   |\n| gadget |\n`;
    expect(withoutMentions(page, mentions)).toBe(
      '# Gadgets\n\nStays.\n\n- stays\n\n## Table\n\n| a   |\n| --- |\n| 1   |\n',
    );
  });
  test('pages of the documentation lose commands of missing programs, and code blocks without other commands', () => {
    const page = '`x` is gone.\n\n```sh\nx\n```\n\n```sh\nx\ny\n```\n';
    expect(withoutLostCommands(page, (line) => /\bx\b/.test(line))).toBe('```sh\ny\n```\n');
  });
  test('pages of the documentation lose command lines for a removed family, and all other parts that name the family', () => {
    const folder = workspaceWith({
      'package.json': '{"scripts":{}}',
      'page.md':
        '# Page\n\nOf tv-bff.\n\n```sh\nrun --app=web-bff\nrun --app=tv-bff\n```\n\n```ts\nweb();\nport("tv-bff");\n```\n\n| a |\n| --- |\n| web-bff |\n| tv-bff |\n',
    });
    const tree = treeOf(folder);
    tidyDocs(tree, mentions, (text) => text.includes('tv-bff'));
    expect(tree.read('page.md', 'utf8')).toBe(
      '# Page\n\n```sh\nrun --app=web-bff\n```\n\n| a |\n| --- |\n| web-bff |\n',
    );
    rmSync(folder, { recursive: true });
  });
  test('pages of the documentation keep the text of links to missing files, and lose images of missing files', () => {
    const page =
      '[a](gone.md#x) [b](kept.md) [c](https://example.com) [d](#own)\n![e](gone.png)\n\n- [f](gone.md)\n- [g](kept.md)\n';
    expect(withoutLostLinks(page, 'docs/page.md', (file) => file === 'docs/kept.md')).toBe(
      'a [b](kept.md) [c](https://example.com) [d](#own)\n\n- [g](kept.md)\n',
    );
  });
});

describe('after a removal', () => {
  let folder: string;
  const read = (tree: Tree, path: string) => JSON.parse(tree.read(path, 'utf8') ?? '{}');
  beforeAll(() => {
    folder = workspaceWith({
      'package.json': JSON.stringify({
        name: 'root',
        scripts: {
          a: 'node tools/one/a.ts',
          b: 'node tools/two/b.ts',
          check: 'npm run a && npm run b',
          e: 'jest --rootDir tools/two',
        },
      }),
      'tsconfig.json': '{"references":[{"path":"./tools/one"},{"path":"./tools/two"}]}',
      'tools/one/package.json': JSON.stringify({
        name: '@bff/one',
        exports: { '.': './a.ts', './b': './b.ts', './c/*': './c/*.ts', './*': './*.ts' },
        dependencies: { '@bff/two': '0.0.0', zod: '1.0.0' },
      }),
      'tools/one/tsconfig.json': '{}',
      'tools/one/a.ts': '',
      '.github/workflows/ci.yaml': '      - run: npm run a\n      - run: npm run b\n',
      '.github/CODEOWNERS': '/apps/web-bff/ @a\n/apps/tv-bff/ @b\n',
      'apps/tv-bff/src/a.ts': '',
      'docker/compose.yaml':
        'x:\n      KEYS: http://web-bff:1/a,http://tv-bff:2/a\n        aliases: [tv-bff, web-bff]\nservices:\n  web-bff:\n    a: b\n\n  tv-bff:\n    a: b\n    c:\n      - d\n\n  redis:\n    a: b\n',
      'docker/observability/prometheus/prometheus.yml': "- targets: ['tv-bff:2', 'web-bff:1']\n",
      'tools/dev-idp/src/login-clients.ts':
        "const all = [\n  { name: 'web-bff', path: '/a' },\n  {\n    name: 'tv-bff',\n    path: '/b',\n  },\n];\n",
      'tools/dev-idp/src/token-families.ts':
        "export const tokenFamilies: readonly string[] = ['tv', 'depot'];\n",
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('after a removal, scripts, steps of scripts and workflows, exports, dependencies and references of missing files are removed', () => {
    const tree = treeOf(folder);
    tidyManifests(tree);
    tidyWorkflows(tree);
    expect(read(tree, 'package.json').scripts).toEqual({ a: 'node tools/one/a.ts', check: 'npm run a' });
    expect(read(tree, 'tools/one/package.json')).toMatchObject({
      exports: { '.': './a.ts', './*': './*.ts' },
      dependencies: { zod: '1.0.0' },
    });
    expect(read(tree, 'tools/one/package.json').dependencies).not.toHaveProperty('@bff/two');
    expect(read(tree, 'tsconfig.json').references).toEqual([{ path: './tools/one' }]);
    expect(tree.read('.github/workflows/ci.yaml', 'utf8')).toBe('      - run: npm run a\n');
  });

  test('removeApps removes the files of an app and its entries in shared files', () => {
    const tree = treeOf(folder);
    removeApps(tree, ['tv-bff']);
    expect(tree.exists('apps/tv-bff/src/a.ts')).toBe(false);
    expect(tree.read('.github/CODEOWNERS', 'utf8')).toBe('/apps/web-bff/ @a\n');
    expect(tree.read('docker/compose.yaml', 'utf8')).toBe(
      'x:\n      KEYS: http://web-bff:1/a\n        aliases: [web-bff]\nservices:\n  web-bff:\n    a: b\n\n  redis:\n    a: b\n',
    );
    expect(tree.read('docker/observability/prometheus/prometheus.yml', 'utf8')).toBe(
      "- targets: ['web-bff:1']\n",
    );
    expect(tree.read('tools/dev-idp/src/login-clients.ts', 'utf8')).toBe(
      "const all = [\n  { name: 'web-bff', path: '/a' },\n];\n",
    );
    expect(tree.read('tools/dev-idp/src/token-families.ts', 'utf8')).toBe(
      "export const tokenFamilies: readonly string[] = ['depot'];\n",
    );
    removeApps(tree, ['depot-bff']);
    expect(tree.read('tools/dev-idp/src/token-families.ts', 'utf8')).toBe(
      'export const tokenFamilies: readonly string[] = [];\n',
    );
  });

  test.each([
    ['on one line', '[web-bff, tv-bff]', '[web-bff]'],
    [
      'one on each line',
      '\n          [\n            tv-bff,\n            web-bff,\n          ]',
      '[ web-bff, ]',
    ],
  ])('removeApps removes the published ports and the alias of an app, with aliases %s', (_, list, left) => {
    const tree = treeOf(folder);
    const compose = (aliases: string, ports: readonly number[], services: string): string =>
      `aliases: ${aliases}\nports:\n${ports.map((each) => `  - 127.0.0.1:${each}:${each}\n`).join('')}${services}`;
    const service = '  tv-bff:\n    environment:\n      PUBLIC_URL: http://localhost:3009\n';
    const keys = 'KEYS: http://web-bff:9101/a';
    tree.write(
      'docker/compose.yaml',
      compose(list, [3009, 9109, 3001], `${keys},http://tv-bff:9109/a\n${service}`),
    );
    removeApps(tree, ['tv-bff']);
    const inWords = (text = ''): readonly string[] => text.split(/\s+/).filter(Boolean);
    expect(inWords(tree.read('docker/compose.yaml', 'utf8') ?? '')).toEqual(
      inWords(compose(left, [3001], keys)),
    );
  });

  test('adopt keeps all families unless the option names some', () => {
    expect(chosenApps(['a-bff', 'b-bff'])).toEqual(['a-bff', 'b-bff']);
    expect(chosenApps(['a-bff', 'b-bff'], 'b')).toEqual(['b-bff']);
  });
});
