import { describe, expect, test } from '@jest/globals';
import { parseTenantId } from '../../src/index.ts';

describe('a tenant id is a DNS label of 2 to 63 characters in lower case', () => {
  test.each(['ac', 'acme', 'acme-2', '42', `a${'b'.repeat(61)}c`])('%s', (text) => {
    expect(parseTenantId(text)).toBe(text);
  });

  test.each([
    '', 'a', 'Acme', 'acme ', ' acme', 'acme\n', 'ac_me', 'ac.me', '-acme', 'acme-', 'acmé', 'ac:me', 'ac/me', '~',
    '{acme}', 'acme\0', 'a'.repeat(64), 'a'.repeat(1_000_000),
  ])('not %j', (text) => {
    expect(parseTenantId(text)).toBeUndefined();
  }); // prettier-ignore
});
