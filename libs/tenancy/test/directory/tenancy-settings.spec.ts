import { expect, test } from '@jest/globals';
import { tenancySettings } from '../../src/index.ts';

test('without a setting, development reads the demo directory that is shipped', () => {
  expect(tenancySettings('/demo/tenants.json').tenantsFile.developmentDefault).toBe('/demo/tenants.json');
});
