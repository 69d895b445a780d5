import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { describedService } from '../../src/openapi/described-service.ts';
import { documentOf } from '../../src/openapi/document.ts';
import { checkDeclaration } from '../../src/source/check-declaration.ts';
import { checkSource } from '../../src/source/check-source.ts';
import { serviceSource } from '../../src/source/service-source.ts';
import { documentFolder } from '../document-folder.ts';
import { everyKind, positionsOf, withTextAt } from './every-position.ts';

/** Three times the duration on two idle cores. */
jest.setTimeout(300_000);

const root = resolve(import.meta.dirname, '../../../..');
const { folder, remove } = documentFolder();
afterAll(remove);
const proof = join(folder, 'ran');

/** Runs as any expression: sets a global variable and creates a file. */
const code = `globalThis.ran=process.getBuiltinModule("fs").writeFileSync(${JSON.stringify(proof)},"")`;
const closers = [
  '"',
  "'",
  '`',
  '*/',
  '</script>',
  '\n',
  '\u2028',
  '\u2029\0\ud800',
  '\\',
  '\\u0022\\u{22}\\x22',
  '%22%27%0a',
];
const payloads = [
  ...closers.map((end) => `x${end};${code};${end}`),
  `"+(${code})+"`,
  `\${${code}}`,
  `x" });\n${code};\nconst y = ({ "`,
  '__proto__',
  'constructor',
];

/**
 * Returns the module of a document with a hostile text at one place; undefined when the document is rejected
 * or has no callable operation.
 */
function moduleOf(document: object): string | undefined {
  try {
    const described = describedService(documentOf(document as Record<string, unknown>));
    const { operations } = checkDeclaration(described.operations);
    const { source } = serviceSource(
      { name: 'thing', constant: 'thing', address: 'http://127.0.0.1:1' },
      { ...described, operations },
    );
    return source === '' ? undefined : source;
  } catch {
    return undefined;
  }
}

const positions = positionsOf(everyKind);
const tried = positions.flatMap((position) => payloads.map((payload) => ({ position, payload })));
const modules = [
  ...new Set(
    tried.flatMap(({ position, payload }) => moduleOf(withTextAt(everyKind, position, payload)) ?? []),
  ),
];

test('the tried documents contain a hostile text at each key and each value', () => {
  const kinds = Object.groupBy(positions, ({ kind }) => kind);
  expect(kinds.key!.length).toBeGreaterThan(100);
  expect(kinds.value!.length).toBeGreaterThan(50);
  expect(modules.length).toBeGreaterThan(300);
});

test('every tenth module that was generated from a hostile document type-checks', () => {
  const some = modules.filter((_, index) => index % 10 === 0);
  const files = some.map((source, index) => [`libs/services/src/hostile-${index}.ts`, source]);
  expect(() => checkSource(root, Object.fromEntries(files))).not.toThrow();
});

test('running the generated modules executes no text of a document as code, whatever its position', () => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'modules'));
  for (const [index, source] of [`${code}\n`, ...modules].entries())
    writeFileSync(join(folder, 'modules', `${index}.ts`), source);
  const runner = join(folder, 'run.mjs');
  writeFileSync(
    runner,
    `import { existsSync, rmSync } from 'node:fs';
await import('./modules/0.ts');
// Proves that an executed payload is detected.
const shows = 'ran' in globalThis && existsSync(${JSON.stringify(proof)});
rmSync(${JSON.stringify(proof)});
delete globalThis.ran;
let run = 0;
for (let index = 1; index <= ${modules.length}; index++) {
  await import('./modules/' + index + '.ts');
  if ('ran' in globalThis || ({}).ran !== undefined) run += 1;
  delete globalThis.ran;
}
console.log(JSON.stringify({ shows, run }));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [runner], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { PATH: process.env['PATH'] },
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ shows: true, run: 0 });
  expect(existsSync(proof)).toBe(false);
  process.stdout.write(
    `positions tried: ${positions.length}; texts at each: ${payloads.length}; documents: ${tried.length}; different modules run: ${modules.length}; code run: 0\n`,
  );
});
