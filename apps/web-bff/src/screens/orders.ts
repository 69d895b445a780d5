import { page, screen } from '@bff/screens';
import { order } from '@bff/services';
import { z } from 'zod';
import { nextCursor, order as orderAnswer } from './members.ts';

/** One page of orders with their items. Its only source is required, so an outage of it fails the request. */
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
  answer: z.object({ orders: z.array(orderAnswer), next_cursor: nextCursor }),
});
