import { describe, expect, test } from '@jest/globals';
import { expectedView, isRequired } from '../../src/broken/expected-view.ts';
import type { Facts } from '../../src/broken/facts.ts';

const order = {
  id: 'o1',
  user_id: 'ann',
  status: 'paid',
  placed_at: 'noon',
  total_cents: 1,
  currency: 'EUR',
  note: null,
  internal_notes: 'x',
  items: [],
};
const facts: Facts = {
  tenant: 'acme',
  user: 'ann',
  person: { name: 'Ann', email: 'ann@acme.example', avatar_url: null, last_login: null, ssn: 'ACME-SSN-1' },
  preferences: { theme: 'dark' },
  orders: [order],
  hasMoreOrders: false,
  notifications: [],
  hasMoreNotifications: false,
  unread: 2,
  tier: 'gold',
};
const profile = {
  name: 'Ann',
  email: 'ann@acme.example',
  avatar_url: null,
  last_login: null,
  preferences: { theme: 'dark' },
  orders: [
    { id: 'o1', status: 'paid', placed_at: 'noon', total_cents: 1, currency: 'EUR', note: null, items: [] },
  ],
  unread_notifications: 2,
  loyalty_tier: 'gold',
};
const lost = (source: string, by: 'stale' | 'default') => new Map([[source, by]]);

describe('the expected view of the profile', () => {
  test('the expected view contains every source and no undeclared member', () => {
    expect(expectedView('web', 'profile', facts)).toEqual(profile);
  });

  test('the expected view contains the fallback of a lost source, and accepts an earlier value of a stale source', () => {
    expect(expectedView('web', 'profile', facts, lost('loyalty', 'default'))).toEqual({
      ...profile,
      loyalty_tier: 'standard',
    });
    expect(expectedView('web', 'profile', facts, lost('loyalty', 'stale'))).toEqual(profile);
  });

  test('the expected view for mobile contains no nulls, and that for partners has the customer of each order', () => {
    expect(expectedView('mobile', 'profile', facts)).toEqual({
      name: 'Ann',
      email: 'ann@acme.example',
      preferences: { theme: 'dark' },
      orders: [{ id: 'o1', status: 'paid', placed_at: 'noon', total_cents: 1, currency: 'EUR' }],
      unread_notifications: 2,
      loyalty_tier: 'gold',
    });
    expect(expectedView('partner', 'profile', facts)).toMatchObject({ orders: [{ user_id: 'ann' }] });
  });

  test('the expected view for agents contains the sources of their own tool, and no nulls', () => {
    const view = {
      name: 'Ann',
      email: 'ann@acme.example',
      orders: [{ id: 'o1', status: 'paid', placed_at: 'noon', total_cents: 1, currency: 'EUR' }],
      unread_notifications: 2,
      loyalty_tier: 'gold',
    };
    expect(expectedView('agent', 'profile', facts)).toEqual(view);
    expect(expectedView('agent', 'profile', facts, lost('user', 'default'))).toEqual({
      ...view,
      name: 'Unknown User',
      email: '',
    });
    expect(() => expectedView('agent', 'profile', facts, lost('preferences', 'default'))).toThrow(
      'no source preferences',
    );
  });

  test.each([
    ['web', { notifications: [], next_cursor: false }],
    ['mobile', { notifications: [] }],
    ['agent', { notifications: [] }],
  ] as const)(
    'the expected view of the last page for %s has a cursor only if null is sent',
    (client, view) => {
      expect(expectedView(client, 'notifications', facts)).toEqual(view);
      expect(expectedView(client, 'notifications', { ...facts, hasMoreNotifications: true })).toEqual({
        ...view,
        next_cursor: true,
      });
    },
  );

  test('the expected view contains only the members that the policy of globex allows', () => {
    expect(expectedView('web', 'profile', { ...facts, tenant: 'globex' })).toEqual({
      name: 'Ann',
      email: 'ann@acme.example',
      orders: [{ id: 'o1' }],
    });
  });
});

test('expectedView throws on an unknown degradation, required source or screen', () => {
  expect(() => expectedView('web', 'profile', facts, lost('weather', 'default'))).toThrow(
    'no source weather',
  );
  expect(() => expectedView('web', 'orders', facts, lost('orders', 'default'))).toThrow(
    'requires the source',
  );
  expect(() => expectedView('web', 'weather', facts)).toThrow('unknown screen weather');
});

test('isRequired returns true for screens with a source without fallback', () => {
  const screens = ['profile', 'home', 'orders', 'notifications', 'preferences', 'customer', 'weather'];
  expect(screens.filter(isRequired)).toEqual(['orders', 'notifications', 'preferences', 'customer']);
});
