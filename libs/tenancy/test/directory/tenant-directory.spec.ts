import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  createTenantDirectory,
  InvalidTenantDirectory,
  type TenantDirectoryConfig,
} from '../../src/index.ts';
import { directoryOf, someTenant, thrownBy } from '../some-tenants.ts';

describe('find', () => {
  const directory = directoryOf(
    someTenant('acme', { name: 'Acme Corp', fallbacks: { profile: { loyalty_tier: 'basic', tags: ['x'] } } }),
    someTenant('globex', { status: 'suspended' }),
  );

  test('a tenant as it is configured, its policy compiled', () => {
    const acme = directory.find('acme');
    expect(acme).toMatchObject({ id: 'acme', name: 'Acme Corp', status: 'active' });
    expect(acme?.policy.apply({ ssn: '1', name: 'A' })).toEqual({ name: 'A' });
    expect(directory.find('globex')?.status).toBe('suspended');
  });

  test.each(['nobody', 'ACME', '', '__proto__', 'constructor', 'toString'])('nobody is called %j', (id) => {
    expect(directory.find(id)).toBeUndefined();
  });

  test('defaults of a screen; none for a screen that is not configured or has an inherited name', () => {
    const acme = directory.find('acme');
    expect(acme?.fallbacksFor('profile')).toEqual({ loyalty_tier: 'basic', tags: ['x'] });
    expect(acme?.fallbacksFor('home')).toBeUndefined();
    expect(acme?.fallbacksFor('constructor')).toBeUndefined();
  });

  test('H1 a screen shows less than the tenant may see elsewhere, and never more', () => {
    const acme = directoryOf(
      someTenant('acme', {
        fields: { blocked: ['ssn'], allowed: ['name', 'orders[*].id', 'ssn'] },
        screens: {
          home: { blocked: ['name'] },
          orders: { allowed: ['orders', 'email', 'ssn'] },
        },
      }),
    ).find('acme')!;
    const view = { name: 'A', email: 'e', ssn: '1', orders: [{ id: 'o', note: 'n' }] };
    expect(acme.policyFor('home').apply(view)).toEqual({ orders: [{ id: 'o' }] });
    expect(acme.policyFor('orders').apply(view)).toEqual({ orders: [{ id: 'o' }] });
    for (const screen of ['profile', 'constructor', '__proto__'])
      expect(acme.policyFor(screen)).toBe(acme.policy);
  });

  test('defaults cannot be changed through an answer, nor through what they were configured from', () => {
    const fallbacks = { profile: { preferences: { theme: 'light' } } };
    const acme = directoryOf(someTenant('acme', { fallbacks })).find('acme');
    const shown = acme?.fallbacksFor('profile') as typeof fallbacks.profile;
    expect(() => (shown.preferences.theme = 'dark')).toThrow(/read only/);
    fallbacks.profile.preferences.theme = 'changed later';
    expect(shown.preferences.theme).toBe('light');
  });
});

describe('T2 version', () => {
  const versionOf = (settings: Parameters<typeof someTenant>[1]) =>
    directoryOf(someTenant('acme', settings)).find('acme')?.version;

  test.each<[string, Parameters<typeof someTenant>[1]]>([
    ['a field blocked on one screen', { screens: { home: { blocked: ['notes'] } } }],
    ['a blocked field', { fields: { blocked: ['ssn', 'notes'] } }],
    ['an allowed field', { fields: { blocked: ['ssn'], allowed: ['name'] } }],
    ['the status', { status: 'suspended' }],
    ['a default', { fallbacks: { profile: { tier: 'basic' } } }],
    ['the name', { name: 'Acme Inc' }],
  ])('changes with %s', (_title, settings) => {
    expect(versionOf(settings)).not.toBe(versionOf({}));
  });

  test('stays when nothing changes, and is safe in a key', () => {
    expect(versionOf({})).toBe(versionOf({ fallbacks: {} }));
    expect(versionOf({})).toMatch(/^[\w-]{16}$/);
  });

  test('of the directory changes when a tenant is changed, added or removed', () => {
    const versions = [
      directoryOf(someTenant('acme')),
      directoryOf(someTenant('acme', { name: 'Acme Inc' })),
      directoryOf(someTenant('acme'), someTenant('globex')),
      directoryOf(),
    ].map((directory) => directory.version);
    expect(new Set(versions).size).toBe(4);
    expect(directoryOf(someTenant('acme')).version).toBe(versions[0]);
  });
});

describe('a directory that is not valid', () => {
  test('every fault is told, with its place', () => {
    const error = thrownBy(() =>
      createTenantDirectory({
        tenants: [
          someTenant('acme'),
          { ...someTenant('Globex'), status: 'closed', blocked: ['ssn'] },
          { id: 'initech', name: '', status: 'active', fields: { blocked: ['user.*', 'ok'], allow: ['x'] } },
          { name: 'No id and no policy', status: 'active' },
          someTenant('acme', { fields: { allowed: ['orders[0].id'] } }),
          null,
        ],
        limits: {},
      } as unknown as TenantDirectoryConfig),
    );
    expect(error).toBeInstanceOf(InvalidTenantDirectory);
    expect((error as InvalidTenantDirectory).faults.toSorted()).toEqual([
      'Unrecognized key: "limits"',
      'tenants[1].id: must be a DNS label of 2 to 63 characters in lower case',
      'tenants[1].status: Invalid option: expected one of "active"|"suspended"',
      'tenants[1]: Unrecognized key: "blocked"',
      'tenants[2].fields.blocked[0]: "user.*" is not a field path: a name has only letters, digits, _, -, : and @',
      'tenants[2].fields: Unrecognized key: "allow"',
      'tenants[2].name: Too small: expected string to have >=1 characters',
      'tenants[3].fields: Invalid input: expected object, received undefined',
      'tenants[3].id: Invalid input: expected string, received undefined',
      'tenants[4].fields.allowed[0]: "orders[0].id" is not a field path: the only thing in brackets is [*], after a name',
      'tenants[4].id: is the id of tenants[0] too',
      'tenants[5]: Invalid input: expected object, received null',
    ]);
    expect(String(error).split('\n')).toHaveLength(13);
  });

  test.each([null, [], 'text', {}, { tenants: {} }])('%j is none', (config) => {
    const create = () => createTenantDirectory(config as TenantDirectoryConfig);
    expect(create).toThrow(InvalidTenantDirectory);
  });

  test.each<[string, object, RegExp]>([
    ['a screen that there is none', { hoem: { blocked: ['ssn'] } }, /tenants\[0\]\.screens.*hoem|hoem/],
    ['a misspelt list', { home: { bloked: ['ssn'] } }, /tenants\[0\]\.screens\.home.*bloked/],
    ['a path that is none', { home: { blocked: ['user.*'] } }, /screens\.home\.blocked\[0\]: "user\.\*"/],
  ])('%s is refused', (_title, screens, told) => {
    expect(() => directoryOf(someTenant('acme', { screens: screens as never }))).toThrow(told);
  });

  test('two tenants of one id are refused when nothing else is wrong', () => {
    expect(() => directoryOf(someTenant('acme'), someTenant('acme', { name: 'Other' }))).toThrow(
      'tenants[1].id: is the id of tenants[0] too',
    );
  });
});

test('the demo directory: acme blocks, globex allows', () => {
  const file = new URL('../../demo-tenants.json', import.meta.url);
  const directory = createTenantDirectory(JSON.parse(readFileSync(file, 'utf8')));
  const view = { name: 'N', email: 'e', ssn: '1', phone: 'p', orders: [{ id: 'o1', internal_notes: 'x', total: 3 }] };
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
}); // prettier-ignore
