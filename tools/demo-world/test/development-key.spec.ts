import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { developmentKey } from '../src/development-key.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'development-key-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('is made once, for its owner alone, and found by whoever starts later', () => {
  const made = developmentKey({}, join(folder, 'new'));
  expect(made['INTERNAL_JWT_PRIVATE_KEY']).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(developmentKey({}, join(folder, 'new'))).toEqual(made);
  expect(readdirSync(join(folder, 'new'))).toEqual(['internal-key.pem']);
  expect(statSync(join(folder, 'new/internal-key.pem')).mode & 0o777).toBe(0o600);
});

test.each([
  ['production', { NODE_ENV: 'production' }],
  ['a key of the environment', { INTERNAL_JWT_PRIVATE_KEY: 'own' }],
  ['a secret of the environment', { INTERNAL_JWT_SECRET: 'own' }],
])('%s: none is said and none is made', (_, env) => {
  expect(developmentKey(env, folder)).toEqual({});
  expect(readdirSync(folder)).toEqual([]);
});
