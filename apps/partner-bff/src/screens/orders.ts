import { page, screen, source } from '@bff/screens';
import { order, user } from '@bff/services';
import { needs } from '../contract/scopes.ts';
import { v1 } from '../contract/v1.ts';
import { v2 } from '../contract/v2.ts';

/** A page of orders; version 2 also contains their customer. */
export const orders = screen('orders', {
  id: 'listOrders',
  summary: "List a customer's orders, newest first",
  tag: 'Orders',
  scopes: needs('orders:read'),
  sources: {
    orders: page(order.recent, {
      as: 'orders',
      take: ({ items }) => items,
      next: ({ next_cursor }) => next_cursor,
      required: true,
    }),
    user: source(user.profile, { versions: ['v2'], fallback: { name: 'Unknown User', email: '' } }),
  },
  answers: { v1: v1.orders, v2: v2.orders },
});
