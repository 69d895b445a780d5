import { performance } from 'node:perf_hooks';
import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { resolveTenant, type TenantClaim } from '../../src/index.ts';
import { directoryOf, someTenant, thrownBy } from '../some-tenants.ts';

const directory = directoryOf(someTenant('t1'), someTenant('t2'), someTenant('t3', { status: 'suspended' }));

describe('the tenant of a request is one of the identity’s', () => {
  test.each<[string, TenantClaim, string]>([
    ['nothing is named', { identityTenants: ['t1'] }, 't1'],
    ['the header names it', { identityTenants: ['t1'], header: 't1' }, 't1'],
    ['the subdomain names it', { identityTenants: ['t1'], subdomain: 't1' }, 't1'],
    ['both name it', { identityTenants: ['t1'], header: 't1', subdomain: 't1' }, 't1'],
    ['the header chooses', { identityTenants: ['t1', 't2'], header: 't2' }, 't2'],
    ['the subdomain chooses', { identityTenants: ['t1', 't2'], subdomain: 't2' }, 't2'],
    ['one tenant, told twice', { identityTenants: ['t1', 't1'] }, 't1'],
    ['one is chosen, another is suspended', { identityTenants: ['t3', 't1'], header: 't1' }, 't1'],
  ])('%s', (_title, claim, id) => {
    expect(resolveTenant(directory, claim)).toBe(directory.find(id));
  });
});

describe('rejected requests', () => {
  test.each<[string, TenantClaim, status: number, type: string]>([
    ['a foreign tenant by header', { identityTenants: ['t1'], header: 't2' }, 403, 'tenant-mismatch'],
    ['a foreign tenant by subdomain', { identityTenants: ['t1'], subdomain: 't2' }, 403, 'tenant-mismatch'],
    [
      'a foreign tenant by both',
      { identityTenants: ['t1'], header: 't2', subdomain: 't2' },
      403,
      'tenant-mismatch',
    ],
    [
      'an identity without a tenant that names one',
      { identityTenants: [], header: 't1' },
      403,
      'tenant-mismatch',
    ],
    ['an unknown tenant', { identityTenants: ['t1'], header: 'nobody' }, 403, 'unknown-tenant'],
    [
      'an unknown tenant that the identity claims',
      { identityTenants: ['nobody'], header: 'nobody' },
      403,
      'unknown-tenant',
    ],
    ['an identity of an unknown tenant', { identityTenants: ['nobody'] }, 403, 'unknown-tenant'],
    ['an identity without a tenant', { identityTenants: [] }, 403, 'unknown-tenant'],
    ['a suspended tenant', { identityTenants: ['t3'] }, 403, 'unknown-tenant'],
    ['a suspended tenant, chosen', { identityTenants: ['t1', 't3'], header: 't3' }, 403, 'unknown-tenant'],
    ['no id: empty', { identityTenants: ['t1'], header: '' }, 403, 'unknown-tenant'],
    ['no id: capitals', { identityTenants: ['t1'], header: 'T1' }, 403, 'unknown-tenant'],
    ['no id: an inherited member', { identityTenants: ['t1'], header: '__proto__' }, 403, 'unknown-tenant'],
    ['no id: huge', { identityTenants: ['t1'], header: 'a'.repeat(1_000_000) }, 403, 'unknown-tenant'],
    [
      'header against subdomain',
      { identityTenants: ['t1', 't2'], header: 't1', subdomain: 't2' },
      400,
      'tenant-conflict',
    ],
    [
      'empty header against subdomain',
      { identityTenants: ['t1'], header: '', subdomain: 't1' },
      400,
      'tenant-conflict',
    ],
    ['two headers, joined by Node', { identityTenants: ['t1', 't2'], header: 't1, t2' }, 400, 'bad-request'],
    ['twice the same header', { identityTenants: ['t1'], header: 't1, t1' }, 400, 'bad-request'],
    ['two headers', { identityTenants: ['t1'], header: ['t1', 't1'] }, 400, 'bad-request'],
    ['several tenants and no choice', { identityTenants: ['t1', 't2'] }, 400, 'bad-request'],
    [
      'no choice stays no choice when all but one are suspended',
      { identityTenants: ['t1', 't3'] },
      400,
      'bad-request',
    ],
  ])('%s', (_title, claim, status, type) => {
    const problem = thrownBy(() => resolveTenant(directory, claim));
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status, type });
    expect((problem as Problem).message).not.toMatch(/t1|t2|t3|nobody/);
  });
});

test('resolves a request among 10,000 tenants in the time that it takes among two', () => {
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
  // A wide margin for noisy machines: a linear search would be thousands of times slower.
  expect(best(many) / best(few)).toBeLessThan(10);
});
