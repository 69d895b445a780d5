import { page, screen } from '@bff/screens';
import { order } from '@bff/services';
import { z } from 'zod';
import { nextCursor, orderSummary } from './members.ts';

/** A page of orders; the only source is required. */
export const orders = screen('orders', {
  id: 'listOrders',
  summary: 'List orders, newest first',
  sources: {
    orders: page(order.recent, {
      as: 'orders',
      take: ({ items }) => items,
      next: ({ next_cursor }) => next_cursor,
      fallback: [],
      required: true,
    }),
  },
  nulls: 'strip',
  bytes: { identity: 2_900, gzip: 1_040 },
  answer: z.object({ orders: z.array(orderSummary), next_cursor: nextCursor }),
});
