import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import * as lib from '../../src/index.ts';
import { screens } from './example.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

test('the example in the README is the code that this folder compiles', () => {
  const example = readFileSync(join(import.meta.dirname, 'example.ts'), 'utf8')
    .replace('../../src/index.ts', '@bff/screens')
    .replace('../services.ts', './services.ts');
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  expect(screens.screenNames).toEqual(['things', 'thing', 'settings']);
});

test('the README names every export of the library', () => {
  expect(Object.keys(lib).filter((name) => !readme.includes(`\`${name}`))).toEqual([]);
});
