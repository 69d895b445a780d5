import { page, screen } from '@bff/screens';
import { order } from '@bff/services';
import { z } from 'zod';
import { nextCursor, orderLine } from './members.ts';

export const orders = screen('orders', {
  id: 'listOrders',
  summary: "The user's orders, the latest first",
  scopes: ['orders:read'],
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
  bytes: { identity: 1_500, gzip: 1_500 },
  answer: z.object({ orders: z.array(orderLine), next_cursor: nextCursor }),
});
