import type { VersionedAnswer } from '@bff/screens';
import { answerObject } from '@bff/shaping';
import { z } from 'zod';
import { centsOf, type Money } from './money.ts';
import * as current from './v2.ts';
import type { View } from './view.ts';

/** Version 1, derived by pure mappings from version 2: snake_case, money in cents, flat objects. */
const customer = answerObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  avatar_url: z.string().nullable(),
  last_login: z.string().nullable(),
  locale: z.string(),
  phone: z.string().nullable(),
  created_at: z.string(),
});

const order = answerObject({
  id: z.string(),
  user_id: z.string(),
  status: z.string(),
  placed_at: z.string(),
  total_cents: z.int(),
  currency: z.string(),
  note: z.string().nullable(),
  items: z.array(
    answerObject({ sku: z.string(), name: z.string(), quantity: z.int(), unit_cents: z.int() }).meta({
      id: 'OrderItemV1',
    }),
  ),
}).meta({ id: 'OrderV1' });

const notification = answerObject({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  created_at: z.string(),
  read_at: z.string().nullable(),
}).meta({ id: 'NotificationV1' });

const next_cursor = z.string().nullable();
const orderPage = answerObject({ orders: z.array(order), next_cursor });
const notificationPage = answerObject({ notifications: z.array(notification), next_cursor });
const anyPreferences = z.record(z.string(), z.unknown());
const preferences = answerObject({ preferences: anyPreferences });
const profile = answerObject({
  name: z.string(),
  email: z.string(),
  avatar_url: z.string().nullable(),
  last_login: z.string().nullable(),
  preferences: anyPreferences,
  orders: z.array(order),
  unread_notifications: z.int(),
  loyalty_tier: z.string(),
});

const optionalCents = (money: Money | undefined): number | undefined =>
  money?.amount === undefined ? undefined : centsOf(money.amount);

const customerOf = ({
  id,
  name,
  email,
  avatarUrl,
  lastLogin,
  locale,
  phone,
  createdAt,
}: current.Customer): z.output<typeof customer> => ({
  id,
  name,
  email,
  avatar_url: avatarUrl,
  last_login: lastLogin,
  locale,
  phone,
  created_at: createdAt,
});

const orderOf = (each: current.Order): z.output<typeof order> => ({
  id: each.id,
  user_id: each.customer?.id,
  status: each.status,
  placed_at: each.placedAt,
  total_cents: optionalCents(each.total),
  currency: each.total?.currency,
  note: each.note,
  items: each.items?.map(({ sku, name, quantity, unitPrice }) => ({
    sku,
    name,
    quantity,
    unit_cents: optionalCents(unitPrice),
  })),
});

const notificationOf = ({
  id,
  kind,
  title,
  body,
  createdAt,
  readAt,
}: current.Notification): z.output<typeof notification> => ({
  id,
  kind,
  title,
  body,
  created_at: createdAt,
  read_at: readAt,
});

const orderPageOf = ({ orders, nextCursor }: current.OrderPage): z.output<typeof orderPage> => ({
  orders: orders?.map(orderOf),
  next_cursor: nextCursor,
});

const notificationPageOf = ({
  notifications,
  nextCursor,
}: current.NotificationPage): z.output<typeof notificationPage> => ({
  notifications: notifications?.map(notificationOf),
  next_cursor: nextCursor,
});

const profileOf = (each: current.Profile): z.output<typeof profile> => ({
  name: each.customer?.name,
  email: each.customer?.email,
  avatar_url: each.customer?.avatarUrl,
  last_login: each.customer?.lastLogin,
  preferences: each.preferences,
  orders: each.orders?.map(orderOf),
  unread_notifications: each.unreadNotifications,
  loyalty_tier: each.loyaltyTier,
});

/** Schema and pure mapping of each resource. */
export const v1 = {
  customer: { schema: customer, of: (view) => customerOf(current.customerOf(view)) },
  profile: { schema: profile, of: (view) => profileOf(current.profileOf(view)) },
  orders: { schema: orderPage, of: (view) => orderPageOf(current.orderPageOf(view)) },
  order: { schema: order, of: (view) => orderOf(current.orderInViewOf(view)) },
  notifications: {
    schema: notificationPage,
    of: (view) => notificationPageOf(current.notificationPageOf(view)),
  },
  notification: { schema: notification, of: (view) => notificationOf(current.notificationInViewOf(view)) },
  preferences: { schema: preferences, of: current.preferencesOf },
} as const satisfies Record<string, VersionedAnswer<View>>;
