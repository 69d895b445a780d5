import { readFileSync } from 'node:fs';
import { createTenantDirectory } from '@bff/tenancy';
import { expect, test } from '@jest/globals';

test('the demo directory blocks members for acme and allows members for globex', () => {
  const file = new URL('../../../../libs/services/demo-tenants.json', import.meta.url);
  const directory = createTenantDirectory(JSON.parse(readFileSync(file, 'utf8')));
  const view = {
    name: 'N',
    email: 'e',
    ssn: '1',
    phone: 'p',
    orders: [{ id: 'o1', internal_notes: 'x', total: 3 }],
  };
  expect(directory.find('acme')?.policy.apply(view)).toEqual({
    name: 'N',
    email: 'e',
    phone: 'p',
    orders: [{ id: 'o1', total: 3 }],
  });
  expect(directory.find('globex')?.policy.apply(view)).toEqual({
    name: 'N',
    email: 'e',
    orders: [{ id: 'o1' }],
  });
});
