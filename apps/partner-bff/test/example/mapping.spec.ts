import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { centsOf, decimalOf } from '../../src/contract/money.ts';
import { v1 } from '../../src/contract/v1.ts';
import { v2 } from '../../src/contract/v2.ts';
import type { View } from '../../src/contract/view.ts';

const text = fc.string({ maxLength: 5 });
const maybe = fc.option(text);
const cents = fc.maxSafeInteger();
const anyOf = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });

/** Any view that a policy may yield: every member may be absent. */
const order = anyOf({
  id: text,
  user_id: text,
  status: text,
  placed_at: text,
  total_cents: cents,
  currency: text,
  note: maybe,
  items: fc.array(anyOf({ sku: text, name: text, quantity: fc.nat(), unit_cents: cents }), { maxLength: 2 }),
});
const customer = {
  id: text,
  name: text,
  email: text,
  avatar_url: maybe,
  last_login: maybe,
  locale: text,
  phone: maybe,
  created_at: text,
};
const notification = anyOf({
  id: text,
  kind: text,
  title: text,
  body: text,
  created_at: text,
  read_at: maybe,
});
const view: fc.Arbitrary<View> = anyOf({
  ...customer,
  orders: fc.array(order, { maxLength: 3 }),
  notifications: fc.array(notification, { maxLength: 3 }),
  preferences: fc.dictionary(text, text),
  unread_notifications: fc.nat(),
  loyalty_tier: text,
  next_cursor: maybe,
});

/** Serializes and parses the value, which drops undefined members. */
const sent = (value: object): object => JSON.parse(JSON.stringify(value));
const only = (value: View, ...names: (keyof View)[]): object =>
  sent(Object.fromEntries(names.map((name) => [name, value[name]])));

const v1Of = (name: keyof typeof v1, given: View): object => sent(v1[name].of(given));

describe('T6 version 1, derived from version 2 alone, loses no member and adds none', () => {
  test('v1 has exactly the data of v2 for any view that a policy may yield', () => {
    fc.assert(
      fc.property(view, (given) => {
        expect(v1Of('customer', given)).toEqual(only(given, ...(Object.keys(customer) as (keyof View)[])));
        expect(v1Of('orders', given)).toEqual(only(given, 'orders', 'next_cursor'));
        expect(v1Of('order', given)).toEqual(sent(given.orders?.[0] ?? {}));
        expect(v1Of('notifications', given)).toEqual(only(given, 'notifications', 'next_cursor'));
        expect(v1Of('notification', given)).toEqual(sent(given.notifications?.[0] ?? {}));
        expect(v1Of('preferences', given)).toEqual(only(given, 'preferences'));
        expect(v1Of('profile', given)).toEqual(
          only(
            given,
            'name',
            'email',
            'avatar_url',
            'last_login',
            'preferences',
            'orders',
            'unread_notifications',
            'loyalty_tier',
          ),
        );
      }),
    );
  });

  test('every answer of both versions matches its schema', () => {
    fc.assert(
      fc.property(view, (given) => {
        for (const resources of [v1, v2])
          for (const { schema, of } of Object.values(resources))
            expect(schema.safeParse(of(given)).error).toBeUndefined();
      }),
    );
  });
});

describe('money', () => {
  test.each([
    [0, '0.00'],
    [1, '0.01'],
    [-1, '-0.01'],
    [10, '0.10'],
    [12345, '123.45'],
    [-12345, '-123.45'],
    [Number.MAX_SAFE_INTEGER, '90071992547409.91'],
  ])('%d cents are formatted as %s', (cents, amount) => {
    expect(decimalOf(cents)).toBe(amount);
    expect(centsOf(amount)).toBe(cents);
  });
});
