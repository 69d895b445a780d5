import { answerObject } from '@bff/shaping';
import { z } from 'zod';
import { named } from './named.ts';

/** What each screen answers; `keepContract` holds the shapes to it. */
const time = z.string().meta({ description: 'RFC 3339.', examples: ['2026-01-31T09:30:00.000Z'] });
const cents = z.int().meta({ description: "Hundredths of the currency's unit." });
const currency = z.string().meta({ description: 'ISO 4217.', examples: ['EUR'] });
const orderStatus = z
  .string()
  .meta({ description: 'pending, paid, shipped, delivered, cancelled; more may be added.' });

const orderSummary = answerObject({
  id: z.string(),
  status: orderStatus,
  placed_at: time,
  total_cents: cents,
  currency,
}).register(named, { id: 'OrderSummary' });

const orderMembers = {
  ...orderSummary.shape,
  note: z.string().nullable(),
  items: z.array(
    answerObject({
      sku: z.string(),
      name: z.string(),
      quantity: z.int(),
      unit_cents: cents,
    }).register(named, { id: 'OrderItem' }),
  ),
};
const orders = z.array(answerObject(orderMembers).register(named, { id: 'Order' }));

const notificationMembers = {
  id: z.string(),
  kind: z.string().meta({ description: 'order, offer, account, survey; more may be added.' }),
  title: z.string(),
  body: z.string(),
  created_at: time,
  read_at: time.nullable(),
};
const notifications = z.array(answerObject(notificationMembers).register(named, { id: 'Notification' }));

const next_cursor = z
  .string()
  .nullable()
  .meta({ description: 'The `cursor` of the next page; null on the last one.' });
const preferences = z
  .record(z.string(), z.unknown())
  .meta({ description: 'Whatever the user chose; the names are not part of the contract.' });
const unread_notifications = z.int();
const loyalty_tier = z.string();

export const screenAnswers = {
  profile: answerObject({
    name: z.string(),
    email: z.string(),
    avatar_url: z.string().nullable(),
    last_login: time.nullable(),
    preferences,
    orders,
    unread_notifications,
    loyalty_tier,
  }).register(named, { id: 'ProfileAnswer' }),
  home: answerObject({
    name: z.string(),
    unread_notifications,
    loyalty_tier,
    orders: z.array(orderSummary),
    notifications,
  }).register(named, { id: 'HomeAnswer' }),
  orders: answerObject({ orders, next_cursor }).register(named, { id: 'OrdersAnswer' }),
  order: answerObject(orderMembers).register(named, { id: 'OrderAnswer' }),
  notifications: answerObject({ notifications, next_cursor }).register(named, { id: 'NotificationsAnswer' }),
  notification: answerObject(notificationMembers).register(named, { id: 'NotificationAnswer' }),
  preferences: z.record(z.string(), z.unknown()).register(named, { id: 'PreferencesAnswer' }),
};
