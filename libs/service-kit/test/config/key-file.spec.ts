import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ratio, readSettings, text, type Setting, type SettingsError } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'key-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'key.pem');
writeFileSync(file, 'a key');

function faultsOf(
  settings: Readonly<Record<string, Setting>>,
  env: Record<string, string>,
): readonly string[] {
  try {
    readSettings(settings, env);
    return [];
  } catch (error) {
    return (error as SettingsError).faults;
  }
}

describe('a file with a key in it', () => {
  const settings = {
    key: { env: 'KEY_FILE', schema: text(), keyFile: true, meaning: 'file of the key' },
  } as const satisfies Record<string, Setting>;
  const production = { NODE_ENV: 'production' };

  test.each([
    [0o600, []],
    [0o640, []],
    [0o644, ['KEY_FILE can be read by everybody on this machine (chmod o= is missing): file of the key']],
    [0o602, ['KEY_FILE can be read by everybody on this machine (chmod o= is missing): file of the key']],
  ])('with mode %o in production: %j', (mode, faults) => {
    chmodSync(file, mode);
    expect(faultsOf(settings, { ...production, KEY_FILE: file })).toEqual(faults);
  });

  test('is there, in production', () => {
    const missing = join(folder, 'nothing.pem');
    expect(faultsOf(settings, { ...production, KEY_FILE: missing })).toEqual([
      'KEY_FILE names no file: file of the key',
    ]);
    expect(faultsOf(settings, { KEY_FILE: missing })).toEqual([]);
  });
});

test.each([
  ['0', true],
  ['0.05', true],
  ['.5', true],
  ['1', true],
  ['1.1', false],
  ['-0.1', false],
  ['1e-3', false],
  ['half', false],
])('a share of %s is legal: %s', (given, legal) => {
  const settings = { share: { env: 'SHARE', schema: ratio(), default: 1, meaning: 'share' } };
  expect(faultsOf(settings, { SHARE: given })).toHaveLength(legal ? 0 : 1);
});
