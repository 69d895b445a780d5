import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { developmentKey } from '../src/development-key.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'development-key-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('the development key is created once, readable only by its file owner, and found by later starts', () => {
  const made = developmentKey({}, join(folder, 'new'));
  expect(made['INTERNAL_JWT_PRIVATE_KEY']).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(developmentKey({}, join(folder, 'new'))).toEqual(made);
  expect(readdirSync(join(folder, 'new'))).toEqual(['internal-key.pem']);
  expect(statSync(join(folder, 'new/internal-key.pem')).mode & 0o777).toBe(0o600);
});

test.each([
  ['in production', { NODE_ENV: 'production' }],
  ['with a key in the environment', { INTERNAL_JWT_PRIVATE_KEY: 'own' }],
  ['with a secret in the environment', { INTERNAL_JWT_SECRET: 'own' }],
])('%s no development key is returned or created', (_, env) => {
  expect(developmentKey(env, folder)).toEqual({});
  expect(readdirSync(folder)).toEqual([]);
});
