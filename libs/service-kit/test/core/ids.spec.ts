import { expect, test } from '@jest/globals';
import { isKeyOf, preTenantKey, stateKey, tenantOf, type TenantId } from '../../src/index.ts';

const odd = 'a}:b{%' as TenantId;

test('T1 a key of the state store names its tenant, even if the tenant id contains separators', () => {
  for (const tenant of ['t1' as TenantId, odd]) {
    const key = stateKey(tenant, 'sync', 'x:y', '}');
    expect(tenantOf(key)).toBe(tenant);
    expect(isKeyOf(key, 'sync', tenant)).toBe(true);
    expect(isKeyOf(key, 'session')).toBe(false);
  }
});

test('the key of an entry that is stored before the tenant is known names no tenant', () => {
  expect(tenantOf(preTenantKey('login', 'x'))).toBeUndefined();
});
