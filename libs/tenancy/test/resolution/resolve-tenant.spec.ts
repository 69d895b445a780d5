import { performance } from 'node:perf_hooks';
import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { resolveTenant, type TenantClaim } from '../../src/index.ts';
import { directoryOf, someTenant, thrownBy } from '../some-tenants.ts';

const directory = directoryOf(someTenant('t1'), someTenant('t2'), someTenant('t3', { status: 'suspended' }));

describe('the tenant that an identity acts for', () => {
  test.each<[string, TenantClaim, string]>([
    ['the only tenant of the identity when the request names none', { identityTenants: ['t1'] }, 't1'],
    [
      'the only tenant of the identity when the header names it',
      { identityTenants: ['t1'], header: 't1' },
      't1',
    ],
    [
      'the only tenant of the identity when the subdomain names it',
      { identityTenants: ['t1'], subdomain: 't1' },
      't1',
    ],
    [
      'the only tenant of the identity when header and subdomain name it',
      { identityTenants: ['t1'], header: 't1', subdomain: 't1' },
      't1',
    ],
    [
      'the tenant that the header chooses when the identity has several',
      { identityTenants: ['t1', 't2'], header: 't2' },
      't2',
    ],
    [
      'the tenant that the subdomain chooses when the identity has several',
      { identityTenants: ['t1', 't2'], subdomain: 't2' },
      't2',
    ],
    [
      'the only tenant of the identity when the identity lists it twice',
      { identityTenants: ['t1', 't1'] },
      't1',
    ],
    [
      'the chosen tenant although another tenant of the identity is suspended',
      { identityTenants: ['t3', 't1'], header: 't1' },
      't1',
    ],
  ])('resolveTenant returns %s', (_title, claim, id) => {
    expect(resolveTenant(directory, claim)).toBe(directory.find(id));
  });
});

describe('rejected requests', () => {
  test.each<[string, TenantClaim, status: number, type: string]>([
    [
      'a request for a foreign tenant by header',
      { identityTenants: ['t1'], header: 't2' },
      403,
      'tenant-mismatch',
    ],
    [
      'a request for a foreign tenant by subdomain',
      { identityTenants: ['t1'], subdomain: 't2' },
      403,
      'tenant-mismatch',
    ],
    [
      'a request for a foreign tenant by header and subdomain',
      { identityTenants: ['t1'], header: 't2', subdomain: 't2' },
      403,
      'tenant-mismatch',
    ],
    [
      'a request that names a tenant when the identity has none',
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
    [
      'a suspended tenant that the header chooses',
      { identityTenants: ['t1', 't3'], header: 't3' },
      403,
      'unknown-tenant',
    ],
    ['an empty tenant id', { identityTenants: ['t1'], header: '' }, 403, 'unknown-tenant'],
    ['a tenant id in capitals', { identityTenants: ['t1'], header: 'T1' }, 403, 'unknown-tenant'],
    [
      'the name of an inherited member as tenant id',
      { identityTenants: ['t1'], header: '__proto__' },
      403,
      'unknown-tenant',
    ],
    [
      'a tenant id of a million characters',
      { identityTenants: ['t1'], header: 'a'.repeat(1_000_000) },
      403,
      'unknown-tenant',
    ],
    [
      'a header and a subdomain that disagree',
      { identityTenants: ['t1', 't2'], header: 't1', subdomain: 't2' },
      400,
      'tenant-conflict',
    ],
    [
      'an empty header beside a subdomain',
      { identityTenants: ['t1'], header: '', subdomain: 't1' },
      400,
      'tenant-conflict',
    ],
    [
      'two header lines that Node joined',
      { identityTenants: ['t1', 't2'], header: 't1, t2' },
      400,
      'bad-request',
    ],
    [
      'the same tenant twice in one header',
      { identityTenants: ['t1'], header: 't1, t1' },
      400,
      'bad-request',
    ],
    ['two header lines', { identityTenants: ['t1'], header: ['t1', 't1'] }, 400, 'bad-request'],
    [
      'an identity of several tenants when the request chooses none',
      { identityTenants: ['t1', 't2'] },
      400,
      'bad-request',
    ],
    [
      'an identity of several tenants, one of them active, when the request chooses none',
      { identityTenants: ['t1', 't3'] },
      400,
      'bad-request',
    ],
  ])('resolveTenant rejects %s', (_title, claim, status, type) => {
    const problem = thrownBy(() => resolveTenant(directory, claim));
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status, type });
    expect((problem as Problem).message).not.toMatch(/t1|t2|t3|nobody/);
  });
});

test('resolveTenant takes about the same time with 10,000 tenants as with two', () => {
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
