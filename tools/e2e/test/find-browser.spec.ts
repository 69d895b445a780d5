import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findBrowser } from '../src/index.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'e2e-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, mode = 0o755): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
}
const path = (...folders: string[]): string => folders.map((name) => join(folder, name)).join(delimiter);

test('nothing on the path, or no path: none', () => {
  expect(findBrowser(path('a', 'b'))).toBeUndefined();
  expect(findBrowser('')).toBeUndefined();
});

test.each(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])('%s is one', (name) => {
  const file = program(`b/${name}`);
  expect(findBrowser(path('a', 'b'))).toBe(file);
});

test('Chromium in a later folder comes before Chrome in an earlier one', () => {
  program('a/google-chrome');
  const chromium = program('b/chromium');
  expect(findBrowser(path('a', 'b'))).toBe(chromium);
});

test('a folder of that name, or a file that nobody may run, is passed over', () => {
  mkdirSync(join(folder, 'a/chromium'), { recursive: true });
  program('b/chromium', 0o644);
  const third = program('c/chromium');
  expect(findBrowser(path('a', 'b', 'c'))).toBe(third);
});

test('a relative entry is passed over', () => {
  program('chromium');
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(findBrowser('.')).toBeUndefined();
  } finally {
    process.chdir(before);
  }
});
