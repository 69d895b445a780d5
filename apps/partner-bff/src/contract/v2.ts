import type { VersionedAnswer } from '@bff/screens';
import { answerObject } from '@bff/shaping';
import { z } from 'zod';
import { decimalOf, money } from './money.ts';
import { present } from './present.ts';
import type { OrderView, View } from './view.ts';

/** Version 2, the current one: camelCase, money as amount and currency, an embedded customer. */
const time = z.string().meta({ description: 'RFC 3339.', examples: ['2026-01-31T09:30:00.000Z'] });

export const customer = answerObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  avatarUrl: z.string().nullable(),
  lastLogin: time.nullable(),
  locale: z.string().meta({ description: 'BCP 47.', examples: ['de-DE'] }),
  phone: z.string().nullable(),
  createdAt: time,
}).meta({ id: 'Customer' });

export const order = answerObject({
  id: z.string(),
  customer,
  status: z
    .string()
    .meta({ description: 'pending, paid, shipped, delivered, cancelled; more may be added.' }),
  placedAt: time,
  total: money,
  note: z.string().nullable(),
  items: z.array(
    answerObject({ sku: z.string(), name: z.string(), quantity: z.int(), unitPrice: money }).meta({
      id: 'OrderItem',
    }),
  ),
}).meta({ id: 'Order' });

export const notification = answerObject({
  id: z.string(),
  kind: z.string().meta({ description: 'order, offer, account, survey; more may be added.' }),
  title: z.string(),
  body: z.string(),
  createdAt: time,
  readAt: time.nullable(),
}).meta({ id: 'Notification' });

const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'The `cursor` of the next page, valid for 24 hours; null on the last page.' });

const orderPage = answerObject({ orders: z.array(order), nextCursor });
const notificationPage = answerObject({ notifications: z.array(notification), nextCursor });
const anyPreferences = z.record(z.string(), z.unknown()).meta({
  description: 'Free-form members chosen by the customer; their names are not part of the contract.',
});
const preferences = answerObject({ preferences: anyPreferences });
const profile = answerObject({
  customer,
  orders: z.array(order).meta({ description: 'The newest five orders.' }),
  preferences: anyPreferences,
  unreadNotifications: z.int(),
  loyaltyTier: z.string(),
});

export type Customer = z.output<typeof customer>;
export type Order = z.output<typeof order>;
export type OrderPage = z.output<typeof orderPage>;
export type Notification = z.output<typeof notification>;
export type NotificationPage = z.output<typeof notificationPage>;
export type Preferences = z.output<typeof preferences>;
export type Profile = z.output<typeof profile>;

export const customerOf = ({ id, name, email, locale, phone, ...view }: View): Customer =>
  present({
    id,
    name,
    email,
    avatarUrl: view.avatar_url,
    lastLogin: view.last_login,
    locale,
    phone,
    createdAt: view.created_at,
  }) ?? {};

/**
 * Maps an order.
 * @param owner members of the customer, added to the id that every order contains
 */
export function orderOf(view: OrderView, owner: Customer = {}): Order {
  const { id, status, placed_at, total_cents, currency, note, items } = view;
  const priceOf = (cents: number | undefined) =>
    cents === undefined ? undefined : { amount: decimalOf(cents), currency };
  return {
    id,
    customer: present({ id: view.user_id, name: owner.name, email: owner.email }),
    status,
    placedAt: placed_at,
    // If a policy hides only the amount, the currency remains.
    total: priceOf(total_cents) ?? present({ currency }),
    note,
    items: items?.map(({ sku, name, quantity, unit_cents }) => ({
      sku,
      name,
      quantity,
      unitPrice: priceOf(unit_cents),
    })),
  };
}

export const notificationOf = ({
  id,
  kind,
  title,
  body,
  created_at,
  read_at,
}: NonNullable<View['notifications']>[number]): Notification => ({
  id,
  kind,
  title,
  body,
  createdAt: created_at,
  readAt: read_at,
});

export const orderInViewOf = (view: View): Order => orderOf(view.orders?.[0] ?? {}, customerOf(view));
export function orderPageOf(view: View): OrderPage {
  const owner = customerOf(view);
  return { orders: view.orders?.map((each) => orderOf(each, owner)), nextCursor: view.next_cursor };
}
export const notificationInViewOf = (view: View): Notification =>
  notificationOf(view.notifications?.[0] ?? {});
export const notificationPageOf = (view: View): NotificationPage => ({
  notifications: view.notifications?.map(notificationOf),
  nextCursor: view.next_cursor,
});
export const preferencesOf = ({ preferences }: View): Preferences => ({ preferences });
export const profileOf = (view: View): Profile => ({
  customer: present(customerOf(view)),
  // The customer is a member of the profile already, so the orders contain only its id.
  orders: view.orders?.map((each) => orderOf(each)),
  preferences: view.preferences,
  unreadNotifications: view.unread_notifications,
  loyaltyTier: view.loyalty_tier,
});

/** Schema and pure mapping of each resource. */
export const v2 = {
  customer: { schema: customer, of: customerOf },
  profile: { schema: profile, of: profileOf },
  orders: { schema: orderPage, of: orderPageOf },
  order: { schema: order, of: orderInViewOf },
  notifications: { schema: notificationPage, of: notificationPageOf },
  notification: { schema: notification, of: notificationInViewOf },
  preferences: { schema: preferences, of: preferencesOf },
} as const satisfies Record<string, VersionedAnswer<View>>;
