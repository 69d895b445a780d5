import { performance } from 'node:perf_hooks';
import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { resolveTenant, type TenantClaim } from '../../src/index.ts';
import { directoryOf, someTenant, thrownBy } from '../some-tenants.ts';

const directory = directoryOf(
  someTenant('acme'),
  someTenant('globex'),
  someTenant('initech', { status: 'suspended' }),
);

describe('the tenant of a request is one of the identity’s', () => {
  test.each<[string, TenantClaim, string]>([
    ['nothing is named', { identityTenants: ['acme'] }, 'acme'],
    ['the header names it', { identityTenants: ['acme'], header: 'acme' }, 'acme'],
    ['the subdomain names it', { identityTenants: ['acme'], subdomain: 'acme' }, 'acme'],
    ['both name it', { identityTenants: ['acme'], header: 'acme', subdomain: 'acme' }, 'acme'],
    ['the header chooses', { identityTenants: ['acme', 'globex'], header: 'globex' }, 'globex'],
    ['the subdomain chooses', { identityTenants: ['acme', 'globex'], subdomain: 'globex' }, 'globex'],
    ['one tenant, told twice', { identityTenants: ['acme', 'acme'] }, 'acme'],
    ['one is chosen, another is suspended', { identityTenants: ['initech', 'acme'], header: 'acme' }, 'acme'],
  ])('%s', (_title, claim, id) => {
    expect(resolveTenant(directory, claim)).toBe(directory.find(id));
  });
});

describe('refused', () => {
  test.each<[string, TenantClaim, status: number, type: string]>([
    ['a foreign tenant by header', { identityTenants: ['acme'], header: 'globex' }, 403, 'tenant-mismatch'],
    ['a foreign tenant by subdomain', { identityTenants: ['acme'], subdomain: 'globex' }, 403, 'tenant-mismatch'],
    ['a foreign tenant by both', { identityTenants: ['acme'], header: 'globex', subdomain: 'globex' }, 403, 'tenant-mismatch'],
    ['an identity without a tenant that names one', { identityTenants: [], header: 'acme' }, 403, 'tenant-mismatch'],
    ['an unknown tenant', { identityTenants: ['acme'], header: 'nobody' }, 403, 'unknown-tenant'],
    ['an unknown tenant that the identity claims', { identityTenants: ['nobody'], header: 'nobody' }, 403, 'unknown-tenant'],
    ['an identity of an unknown tenant', { identityTenants: ['nobody'] }, 403, 'unknown-tenant'],
    ['an identity without a tenant', { identityTenants: [] }, 403, 'unknown-tenant'],
    ['a suspended tenant', { identityTenants: ['initech'] }, 403, 'unknown-tenant'],
    ['a suspended tenant, chosen', { identityTenants: ['acme', 'initech'], header: 'initech' }, 403, 'unknown-tenant'],
    ['no id: empty', { identityTenants: ['acme'], header: '' }, 403, 'unknown-tenant'],
    ['no id: capitals', { identityTenants: ['acme'], header: 'ACME' }, 403, 'unknown-tenant'],
    ['no id: an inherited member', { identityTenants: ['acme'], header: '__proto__' }, 403, 'unknown-tenant'],
    ['no id: huge', { identityTenants: ['acme'], header: 'a'.repeat(1_000_000) }, 403, 'unknown-tenant'],
    ['header against subdomain', { identityTenants: ['acme', 'globex'], header: 'acme', subdomain: 'globex' }, 400, 'tenant-conflict'],
    ['empty header against subdomain', { identityTenants: ['acme'], header: '', subdomain: 'acme' }, 400, 'tenant-conflict'],
    ['two headers, joined by Node', { identityTenants: ['acme', 'globex'], header: 'acme, globex' }, 400, 'bad-request'],
    ['twice the same header', { identityTenants: ['acme'], header: 'acme, acme' }, 400, 'bad-request'],
    ['two headers', { identityTenants: ['acme'], header: ['acme', 'acme'] }, 400, 'bad-request'],
    ['several tenants and no choice', { identityTenants: ['acme', 'globex'] }, 400, 'bad-request'],
    ['no choice stays no choice when all but one are suspended', { identityTenants: ['acme', 'initech'] }, 400, 'bad-request'],
  ])('%s', (_title, claim, status, type) => {
    const problem = thrownBy(() => resolveTenant(directory, claim));
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status, type });
    expect((problem as Problem).message).not.toMatch(/acme|globex|initech|nobody/);
  }); // prettier-ignore
});

test('10,000 tenants: a request is resolved in the time that it takes among two', () => {
  const many = directoryOf(...Array.from({ length: 10_000 }, (_, index) => someTenant(`tenant-${index}`)));
  const few = directoryOf(someTenant('tenant-0'), someTenant('tenant-9999'));
  const view = { name: 'N', ssn: '1' };
  const rounds = 20_000;
  const millisecondsIn = (among: typeof many): number => {
    const startedAt = performance.now();
    for (let round = 0; round < rounds; round++) {
      const tenant = resolveTenant(among, { identityTenants: ['tenant-9999'], header: 'tenant-9999' });
      if ('ssn' in tenant.policy.apply(view)) throw new Error('not filtered');
    }
    return performance.now() - startedAt;
  };
  const best = (among: typeof many) => Math.min(...Array.from({ length: 5 }, () => millisecondsIn(among)));
  // Wide, for a noisy machine: a search would be thousands of times slower.
  expect(best(many) / best(few)).toBeLessThan(10);
});
