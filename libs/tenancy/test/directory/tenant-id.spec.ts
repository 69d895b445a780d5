import { describe, expect, test } from '@jest/globals';
import { parseTenantId } from '../../src/index.ts';

describe('a tenant id is a DNS label of 2 to 63 characters in lower case', () => {
  test.each(['t1', 'tenant', 'tenant-2', '42', `a${'b'.repeat(61)}c`])(
    'the tenant id %s is valid',
    (text) => {
      expect(parseTenantId(text)).toBe(text);
    },
  );

  test.each([
    '',
    'a',
    'Tenant',
    'tenant ',
    ' tenant',
    'tenant\n',
    'ten_ant',
    'ten.ant',
    '-tenant',
    'tenant-',
    'tenánt',
    'ten:ant',
    'ten/ant',
    '~',
    '{tenant}',
    'tenant\0',
    'a'.repeat(64),
    'a'.repeat(1_000_000),
  ])('the tenant id %j is invalid', (text) => {
    expect(parseTenantId(text)).toBeUndefined();
  });
});
