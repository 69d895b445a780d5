import { screen, source } from '@bff/screens';
import { order as orderService } from '@bff/services';
import { z } from 'zod';
import { cents, orderSummary } from './members.ts';

const item = z.object({ name: z.string(), quantity: z.int(), unit_cents: cents }).meta({ id: 'OrderItem' });

/**
 * Returns items with name, quantity and price only. The view nests the order in the array `orders`, because
 * tenant policies address it by that path.
 */
export const order = screen('order', {
  summary: 'One order',
  sources: { order: source(orderService.byId, { as: 'orders', required: true }) },
  root: 'orders[0]',
  nulls: 'strip',
  bytes: { identity: 3_600, gzip: 940 },
  answer: orderSummary.extend({ note: z.string(), items: z.array(item) }),
});
