import { describe, expect, test } from '@jest/globals';
import {
  createTenantDirectory,
  InvalidTenantDirectory,
  type TenantDirectoryConfig,
} from '../../src/index.ts';
import { directoryOf, someTenant, thrownBy } from '../some-tenants.ts';

/** The screens that a directory may name. */
const screenNames = ['thing', 'things', 'page'] as const;
const [screen, otherScreen, thirdScreen] = screenNames;

describe('find', () => {
  const directory = directoryOf(
    someTenant('t1', { name: 'One Corp', fallbacks: { thing: { title: 'Untitled', tags: ['x'] } } }),
    someTenant('t2', { status: 'suspended' }),
  );

  test('find returns a tenant as it is configured, with its policy compiled', () => {
    const t1 = directory.find('t1');
    expect(t1).toMatchObject({ id: 't1', name: 'One Corp', status: 'active' });
    expect(t1?.policy.apply({ ssn: '1', name: 'A' })).toEqual({ name: 'A' });
    expect(directory.find('t2')?.status).toBe('suspended');
  });

  test.each(['nobody', 'T1', '', '__proto__', 'constructor', 'toString'])(
    'find returns undefined for the unknown tenant id %j',
    (id) => {
      expect(directory.find(id)).toBeUndefined();
    },
  );

  test('fallbacksFor returns the default values of a configured screen, and undefined for any other name', () => {
    const t1 = directory.find('t1');
    expect(t1?.fallbacksFor('thing')).toEqual({ title: 'Untitled', tags: ['x'] });
    expect(t1?.fallbacksFor('other')).toBeUndefined();
    expect(t1?.fallbacksFor('constructor')).toBeUndefined();
  });

  test("H1 the policy of a screen can hide more than the tenant's policy, and can never show more", () => {
    const t1 = directoryOf(
      someTenant('t1', {
        fields: { blocked: ['ssn'], allowed: ['name', 'things[*].id', 'ssn'] },
        screens: {
          [screen]: { blocked: ['name'] },
          [otherScreen]: { allowed: ['things', 'email', 'ssn'] },
        },
      }),
    ).find('t1')!;
    const view = { name: 'A', email: 'e', ssn: '1', things: [{ id: 'o', note: 'n' }] };
    expect(t1.policyFor(screen).apply(view)).toEqual({ things: [{ id: 'o' }] });
    expect(t1.policyFor(otherScreen).apply(view)).toEqual({ things: [{ id: 'o' }] });
    for (const name of [thirdScreen, 'constructor', '__proto__']) expect(t1.policyFor(name)).toBe(t1.policy);
  });

  test('the default values of a tenant cannot be changed through an answer or through the configuration object', () => {
    const fallbacks = { thing: { settings: { theme: 'light' } } };
    const t1 = directoryOf(someTenant('t1', { fallbacks })).find('t1');
    const shown = t1?.fallbacksFor('thing') as typeof fallbacks.thing;
    expect(() => (shown.settings.theme = 'dark')).toThrow(/read only/);
    fallbacks.thing.settings.theme = 'changed later';
    expect(shown.settings.theme).toBe('light');
  });
});

describe('T2 version', () => {
  const versionOf = (settings: Parameters<typeof someTenant>[1]) =>
    directoryOf(someTenant('t1', settings)).find('t1')?.version;

  test.each<[string, Parameters<typeof someTenant>[1]]>([
    ['a field blocked on one screen', { screens: { [screen]: { blocked: ['notes'] } } }],
    ['a blocked field', { fields: { blocked: ['ssn', 'notes'] } }],
    ['an allowed field', { fields: { blocked: ['ssn'], allowed: ['name'] } }],
    ['the status', { status: 'suspended' }],
    ['a default', { fallbacks: { thing: { title: 'Untitled' } } }],
    ['the name', { name: 'One Inc' }],
  ])('the version of a tenant changes with %s', (_title, settings) => {
    expect(versionOf(settings)).not.toBe(versionOf({}));
  });

  test('the version of a tenant stays the same when nothing changes, and contains only characters that are valid in a key', () => {
    expect(versionOf({})).toBe(versionOf({ fallbacks: {} }));
    expect(versionOf({})).toMatch(/^[\w-]{16}$/);
  });

  test('the version of the tenant directory changes when a tenant is changed, added or removed', () => {
    const versions = [
      directoryOf(someTenant('t1')),
      directoryOf(someTenant('t1', { name: 'One Inc' })),
      directoryOf(someTenant('t1'), someTenant('t2')),
      directoryOf(),
    ].map((directory) => directory.version);
    expect(new Set(versions).size).toBe(4);
    expect(directoryOf(someTenant('t1')).version).toBe(versions[0]);
  });
});

describe('an invalid directory', () => {
  test('an invalid tenant directory is rejected with every error and its path', () => {
    const error = thrownBy(() =>
      createTenantDirectory({
        tenants: [
          someTenant('t1'),
          { ...someTenant('T2'), status: 'closed', blocked: ['ssn'] },
          { id: 't3', name: '', status: 'active', fields: { blocked: ['user.*', 'ok'], allow: ['x'] } },
          { name: 'No id and no policy', status: 'active' },
          someTenant('t1', { fields: { allowed: ['things[0].id'] } }),
          null,
        ],
        limits: {},
      } as unknown as TenantDirectoryConfig),
    );
    expect(error).toBeInstanceOf(InvalidTenantDirectory);
    expect((error as InvalidTenantDirectory).errors.toSorted()).toEqual([
      'Unrecognized key: "limits"',
      'tenants[1].id: must be a DNS label of 2 to 63 characters in lower case',
      'tenants[1].status: Invalid option: expected one of "active"|"suspended"',
      'tenants[1]: Unrecognized key: "blocked"',
      'tenants[2].fields.blocked[0]: "user.*" is not a field path: a name has only letters, digits, _, -, : and @',
      'tenants[2].fields: Unrecognized key: "allow"',
      'tenants[2].name: Too small: expected string to have >=1 characters',
      'tenants[3].fields: Invalid input: expected object, received undefined',
      'tenants[3].id: Invalid input: expected string, received undefined',
      'tenants[4].fields.allowed[0]: "things[0].id" is not a field path: the only thing in brackets is [*], after a name',
      'tenants[4].id: is the id of tenants[0] too',
      'tenants[5]: Invalid input: expected object, received null',
    ]);
    expect(String(error).split('\n')).toHaveLength(13);
  });

  test.each([null, [], 'text', {}, { tenants: {} }])('%j is rejected as a tenant directory', (config) => {
    const create = () => createTenantDirectory(config as TenantDirectoryConfig);
    expect(create).toThrow(InvalidTenantDirectory);
  });

  test.each<[string, object, RegExp]>([
    ['an unknown screen', { hoem: { blocked: ['ssn'] } }, /tenants\[0\]\.screens: there is no screen "hoem"/],
    [
      'a misspelt list',
      { [screen]: { bloked: ['ssn'] } },
      new RegExp(String.raw`tenants\[0\]\.screens\.${screen}.*bloked`),
    ],
    [
      'a malformed path',
      { [screen]: { blocked: ['user.*'] } },
      new RegExp(String.raw`screens\.${screen}\.blocked\[0\]: "user\.\*"`),
    ],
  ])('a tenant directory is rejected when the screens of a tenant have %s', (_title, screens, told) => {
    const config = { tenants: [someTenant('t1', { screens: screens as never })] };
    expect(() => createTenantDirectory(config, { screenNames })).toThrow(told);
  });

  test('a tenant directory whose only error is two tenants with the same id is rejected', () => {
    expect(() => directoryOf(someTenant('t1'), someTenant('t1', { name: 'Other' }))).toThrow(
      'tenants[1].id: is the id of tenants[0] too',
    );
  });
});
