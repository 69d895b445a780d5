import { answerObject } from '@bff/shaping';
import { z } from 'zod';
import { named } from './named.ts';

/** What each screen answers; `keepContract` holds the shapes to it. Nothing is ever null: what is, is left out. */
const time = z.string().meta({ description: 'RFC 3339.', examples: ['2026-01-31T09:30:00.000Z'] });
const cents = z.int().meta({ description: "Hundredths of the currency's unit." });
const currency = z.string().meta({ description: 'ISO 4217.', examples: ['EUR'] });
const status = z
  .string()
  .meta({ description: 'pending, paid, shipped, delivered, cancelled; more may be added.' });

const orderLine = answerObject({
  id: z.string(),
  status,
  total_cents: cents,
  currency,
}).register(named, { id: 'OrderLine' });
const orderMembers = { ...orderLine.shape, placed_at: time };
const orders = z.array(answerObject(orderMembers).register(named, { id: 'OrderSummary' }));

const notificationLine = answerObject({
  id: z.string(),
  title: z.string(),
  read_at: time.meta({ description: 'Absent while it is unread.' }),
}).register(named, { id: 'NotificationLine' });
const notificationMembers = {
  ...notificationLine.shape,
  kind: z.string().meta({ description: 'order, offer, account, survey; more may be added.' }),
  body: z.string(),
  created_at: time,
};
const notifications = z.array(answerObject(notificationMembers).register(named, { id: 'Notification' }));

const next_cursor = z
  .string()
  .meta({ description: 'The `cursor` of the next page; absent on the last one.' });
const preferences = z
  .record(z.string(), z.unknown())
  .meta({ description: 'Whatever the user chose; the names are not part of the contract.' });
const unread_notifications = z.int();
const loyalty_tier = z.string();

export const screenAnswers = {
  profile: answerObject({
    name: z.string(),
    email: z.string(),
    avatar_url: z.string(),
    last_login: time,
    preferences,
    orders,
    unread_notifications,
    loyalty_tier,
  }).register(named, { id: 'ProfileAnswer' }),
  home: answerObject({
    name: z.string(),
    unread_notifications,
    loyalty_tier,
    orders: z.array(orderLine),
    notifications: z.array(notificationLine),
  }).register(named, { id: 'HomeAnswer' }),
  orders: answerObject({ orders, next_cursor }).register(named, { id: 'OrdersAnswer' }),
  order: answerObject({
    ...orderMembers,
    note: z.string(),
    items: z.array(
      answerObject({ name: z.string(), quantity: z.int(), unit_cents: cents }).register(named, {
        id: 'OrderItem',
      }),
    ),
  }).register(named, { id: 'OrderAnswer' }),
  notifications: answerObject({ notifications, next_cursor }).register(named, { id: 'NotificationsAnswer' }),
  notification: answerObject(notificationMembers).register(named, { id: 'NotificationAnswer' }),
  preferences: z.record(z.string(), z.unknown()).register(named, { id: 'PreferencesAnswer' }),
};
