import { screen, source } from '@bff/screens';
import { order as orderService } from '@bff/services';
import { z } from 'zod';
import { orderLine } from './members.ts';

const item = z.object({ name: z.string(), quantity: z.int(), unit_cents: z.int() });

/** The view nests the order in the array `orders`, because tenant policies address it by that path. */
export const order = screen('order', {
  summary: 'One order with its items',
  scopes: ['orders:read'],
  sources: { order: source(orderService.byId, { as: 'orders', required: true }) },
  root: 'orders[0]',
  nulls: 'strip',
  bytes: { identity: 3_050, gzip: 3_050 },
  answer: orderLine.extend({ note: z.string(), items: z.array(item) }),
});
