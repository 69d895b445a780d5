import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { SourceTextModule } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { readMarkdown } from '../src/markdown.ts';

const root = resolve(import.meta.dirname, '../../..');
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)))
  .sort();
const pages = files.map((file) => ({ file, ...readMarkdown(readFileSync(join(root, file), 'utf8')) }));

const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const projects = ['apps', 'libs', 'tools'].flatMap((kind) =>
  readdirSync(join(root, kind)).map(
    (name) => json(`${kind}/${name}/package.json`).nx as { name: string; targets: object },
  ),
);
const scripts = Object.keys(json('package.json').scripts);
const generators = Object.keys(json('tools/generators/generators.json').generators).map(
  (name) => `@bff/tools:${name}`,
);

describe('the links of a page', () => {
  test.each(pages)('the links in $file lead only to existing targets', ({ file, links }) => {
    const lost = links.filter((link) => {
      const [path = '', anchor] = link.split('#').map(decodeURIComponent);
      const target = path === '' ? file : relative(root, resolve(root, dirname(file), path));
      if (!existsSync(join(root, target))) return true;
      if (anchor === undefined || !target.endsWith('.md')) return false;
      return !pages.find((page) => page.file === target)?.anchors.has(anchor);
    });
    expect(lost).toEqual([]);
  });
});

describe('the commands of a page', () => {
  const own = new Set(['ci', 'install', 'test', 'start', 'sbom']);
  const unknown = (command: string): boolean => {
    const [, script] = /\bnpm run (?:-s |--silent )?([\w:-]+)/.exec(command) ?? [];
    if (script !== undefined && !scripts.includes(script)) return true;
    const [, short] = /^\s*npm (\w+)/.exec(command) ?? [];
    if ((short === 'start' || short === 'test') && own.has(short) && !scripts.includes(short)) return true;
    const [, target, project] = /\bnpx nx (lint|typecheck|test|build|serve) ([\w-]+)/.exec(command) ?? [];
    if (target !== undefined && project !== undefined) {
      const found = projects.find(({ name }) => name === project);
      return !found || !Object.hasOwn(found.targets, target);
    }
    const [, generator] = /\bnx g(?:enerate)? (\S+)/.exec(command) ?? [];
    if (generator !== undefined && !generators.includes(generator)) return true;
    const [, file] = /\bnode ((?:apps|libs|tools)\/[\w./-]+)/.exec(command) ?? [];
    return file !== undefined && !existsSync(join(root, file));
  };
  test.each(pages)('the commands in $file exist', ({ commands }) => {
    expect(commands.filter(unknown)).toEqual([]);
  });
});

describe('the code blocks of a page', () => {
  const wrong = ({ language, code }: { language: string; code: string }): string[] => {
    try {
      if (language === 'json') JSON.parse(code);
      if (language === 'ts') parseModule(code);
      return [];
    } catch (error) {
      return [`${(error as Error).message}: ${code.slice(0, 60)}`];
    }
  };
  test.each(pages)('the code blocks in $file are valid JSON and TypeScript', ({ blocks }) => {
    expect(blocks.flatMap(wrong)).toEqual([]);
  });
});

function parseModule(code: string): void {
  new SourceTextModule(stripTypeScriptTypes(code));
}

describe('readMarkdown returns', () => {
  const page = readMarkdown(`# A b: \`c\`, [d](x.md)!
# A b: \`c\`, [d](x.md)!
<a id="own"></a> [one](one.md#two) ![image](three.png) [out](https://example.com) \`[code](four.md)\`
\`\`\`sh until=x
npm run nothing
\`\`\`
\`\`\`json
{ "a": "[no link](five.md)" }
\`\`\`
`);
  test('readMarkdown returns links in prose, but not in code', () => {
    expect(page.links).toEqual(['x.md', 'x.md', 'one.md#two', 'three.png']);
  });
  test('readMarkdown returns anchors as GitHub generates them', () => {
    expect([...page.anchors]).toEqual(['a-b-c-d', 'a-b-c-d-1', 'own']);
  });
  test('readMarkdown returns code blocks and commands', () => {
    expect(page.blocks.map(({ language }) => language)).toEqual(['sh', 'json']);
    expect(page.commands).toEqual(expect.arrayContaining(['npm run nothing']));
  });
  test('parseModule throws on invalid TypeScript, and accepts a module with top-level await', () => {
    expect(() => parseModule('const a = ;')).toThrow('Expression expected');
    expect(() => parseModule("import { a } from 'a';\nawait a();")).not.toThrow();
  });
});

test('the checked pages include README.md and the how-to index', () => {
  expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/how-to/README.md']));
});
