import { expect, test } from '@jest/globals';
import { defineShape, parseFields } from '../../src/index.ts';

interface Profile {
  readonly name: string;
  readonly email: string | null;
  readonly orders: readonly { readonly id: string; readonly note: string | null }[];
}

interface MobileProfile {
  readonly name: string;
  readonly mail: string | null;
  readonly orders: readonly { readonly id: string; readonly note: string | null }[];
}

const mobileProfile = defineShape<Profile, MobileProfile>({
  name: 'mobile/profile/1',
  nulls: 'strip',
  of: ({ name, email, orders }) => ({ name, mail: email, orders }),
});
const webProfile = defineShape<Profile, Profile>({
  name: 'web/profile/1',
  nulls: 'keep',
  of: (profile) => profile,
});

const profile: Profile = { name: 'Alice', email: null, orders: [{ id: 'o1', note: null }] };

test('H3 only the shape that says so strips nulls', () => {
  expect(mobileProfile(profile).view).toEqual({ name: 'Alice', orders: [{ id: 'o1' }] });
  expect(webProfile(profile).view).toEqual(profile);
});

test('H2 fields name members of the shape, not of the view behind it', () => {
  const fields = parseFields('mail,email,orders[*].note');
  expect(mobileProfile(profile, { fields }).view).toEqual({ orders: [{}] });
  expect(webProfile(profile, { fields }).view).toEqual({ email: null, orders: [{ note: null }] });
});

test('H4 the flat form is made of what was selected', () => {
  const fields = parseFields('name,orders[*].id');
  expect(webProfile(profile, { fields, flat: true }).view).toEqual({ name: 'Alice', 'orders.0.id': 'o1' });
});

test('H5 everything that changes the shape is in the scope', () => {
  const scopes = [
    webProfile(profile),
    webProfile(profile, { flat: true }),
    webProfile(profile, { fields: parseFields('name') }),
    webProfile(profile, { fields: parseFields('name'), flat: true }),
    mobileProfile(profile),
  ].map(({ scope }) => JSON.stringify(scope));
  expect(new Set(scopes).size).toBe(scopes.length);
  expect(webProfile(profile, { fields: parseFields('name,email') }).scope).toEqual(
    webProfile(profile, { fields: parseFields('email,name,name') }).scope,
  );
});

test('a shape that JSON cannot carry does not compile', () => {
  const options = { name: 'x', nulls: 'keep' } as const;
  const shapes = [
    // @ts-expect-error a Date becomes a string
    defineShape<Profile, { at: Date }>({ ...options, of: () => ({ at: new Date(0) }) }),
    // @ts-expect-error a Map becomes {}
    defineShape<Profile, { all: Map<string, string> }>({ ...options, of: () => ({ all: new Map() }) }),
    // @ts-expect-error JSON.stringify throws
    defineShape<Profile, { big: bigint }>({ ...options, of: () => ({ big: 1n }) }),
    // @ts-expect-error a function is left out
    defineShape<Profile, { f: () => void }>({ ...options, of: () => ({ f: () => undefined }) }),
    // @ts-expect-error the contract has a member that the shape forgets
    defineShape<Profile, MobileProfile>({ ...options, of: ({ name, orders }) => ({ name, orders }) }),
    defineShape<Profile, { deep: { list: (string | null)[]; maybe?: number } }>({
      ...options,
      of: () => ({ deep: { list: [null] } }),
    }),
  ];
  expect(shapes).toHaveLength(6);
});
