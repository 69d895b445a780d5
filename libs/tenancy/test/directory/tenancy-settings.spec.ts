import { expect, test } from '@jest/globals';
import { tenancySettings } from '../../src/index.ts';

test('the development default of the tenant file is the demo directory that the app passes', () => {
  expect(tenancySettings('/demo/tenants.json').tenantsFile.developmentDefault).toBe('/demo/tenants.json');
});
