import { z } from 'zod';

/** Members that the answers of several screens contain. Missing values are omitted instead of null. */
export const time = z.string().meta({ description: 'RFC 3339.', examples: ['2026-01-31T09:30:00.000Z'] });
export const cents = z.int().meta({ description: "Hundredths of the currency's unit." });

export const orderLine = z
  .object({
    id: z.string(),
    status: z
      .string()
      .meta({ description: 'pending, paid, shipped, delivered, cancelled; more may be added.' }),
    total_cents: cents,
    currency: z.string().meta({ description: 'ISO 4217.', examples: ['EUR'] }),
  })
  .meta({ id: 'OrderLine' });

export const orderSummary = orderLine.extend({ placed_at: time }).meta({ id: 'OrderSummary' });

export const notificationLine = z
  .object({
    id: z.string(),
    title: z.string(),
    read_at: time.meta({ description: 'Absent while it is unread.' }),
  })
  .meta({ id: 'NotificationLine' });

export const notification = notificationLine
  .extend({
    kind: z.string().meta({ description: 'order, offer, account, survey; more may be added.' }),
    body: z.string(),
    created_at: time,
  })
  .meta({ id: 'Notification' });

export const nextCursor = z
  .string()
  .meta({ description: 'The `cursor` of the next page; absent on the last one.' });

export const preferences = z
  .record(z.string(), z.unknown())
  .meta({ description: 'Free-form members chosen by the user; their names are not part of the contract.' });
