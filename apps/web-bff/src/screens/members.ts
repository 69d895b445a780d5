import { z } from 'zod';

/** Members that the answers of several screens contain. */
export const time = z.string().meta({ description: 'RFC 3339.', examples: ['2026-01-31T09:30:00.000Z'] });
const cents = z.int().meta({ description: "Hundredths of the currency's unit." });

export const orderSummary = z
  .object({
    id: z.string(),
    status: z
      .string()
      .meta({ description: 'pending, paid, shipped, delivered, cancelled; more may be added.' }),
    placed_at: time,
    total_cents: cents,
    currency: z.string().meta({ description: 'ISO 4217.', examples: ['EUR'] }),
  })
  .meta({ id: 'OrderSummary' });

const orderItem = z
  .object({ sku: z.string(), name: z.string(), quantity: z.int(), unit_cents: cents })
  .meta({ id: 'OrderItem' });

export const order = orderSummary
  .extend({ note: z.string().nullable(), items: z.array(orderItem) })
  .meta({ id: 'Order' });

export const notification = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: 'order, offer, account, survey; more may be added.' }),
    title: z.string(),
    body: z.string(),
    created_at: time,
    read_at: time.nullable(),
  })
  .meta({ id: 'Notification' });

export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'The `cursor` of the next page; null on the last one.' });

export const preferences = z
  .record(z.string(), z.unknown())
  .meta({ description: 'Free-form members chosen by the user; their names are not part of the contract.' });
