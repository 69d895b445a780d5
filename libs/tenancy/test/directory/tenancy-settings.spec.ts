import { expect, test } from '@jest/globals';
import { tenancySettings } from '../../src/index.ts';

test('without a setting, development reads the demo directory of the repository', () => {
  expect(tenancySettings('/demo/tenants.json').tenantsFile.developmentDefault).toBe('/demo/tenants.json');
});
