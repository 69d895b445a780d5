import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { tenancySettings } from '../../src/index.ts';

test('without a setting, development reads the demo directory that is shipped', () => {
  const { developmentDefault } = tenancySettings.tenantsFile;
  expect(developmentDefault).toMatch(/demo-tenants\.json$/);
  expect(existsSync(developmentDefault)).toBe(true);
});
