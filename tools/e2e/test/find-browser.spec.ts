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

test('findBrowser returns undefined when PATH is empty or contains no browser', () => {
  expect(findBrowser(path('a', 'b'))).toBeUndefined();
  expect(findBrowser('')).toBeUndefined();
});

test.each(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])(
  'findBrowser returns the path of %s',
  (name) => {
    const file = program(`b/${name}`);
    expect(findBrowser(path('a', 'b'))).toBe(file);
  },
);

test('findBrowser prefers Chromium in a later folder to Chrome in an earlier one', () => {
  program('a/google-chrome');
  const chromium = program('b/chromium');
  expect(findBrowser(path('a', 'b'))).toBe(chromium);
});

test('findBrowser skips a folder with the name of a browser, and a file without execute permission', () => {
  mkdirSync(join(folder, 'a/chromium'), { recursive: true });
  program('b/chromium', 0o644);
  const third = program('c/chromium');
  expect(findBrowser(path('a', 'b', 'c'))).toBe(third);
});

test('findBrowser ignores relative entries', () => {
  program('chromium');
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(findBrowser('.')).toBeUndefined();
  } finally {
    process.chdir(before);
  }
});
