import { dependent, param, screen, source } from '@bff/screens';
import { order as orderService, user } from '@bff/services';
import { needs } from '../contract/scopes.ts';
import { v1 } from '../contract/v1.ts';
import { v2 } from '../contract/v2.ts';

const found = source(orderService.byId, {
  with: { id: param('orderId') },
  as: 'orders',
  take: (order) => [order],
  required: true,
});

/** One order, as a list with one item; version 2 also contains its customer. */
export const order = screen('order', {
  summary: 'One order',
  tag: 'Orders',
  scopes: needs('orders:read'),
  sources: {
    order: found,
    user: dependent(found, user.profile, {
      with: ({ user_id }) => ({ userId: user_id }),
      versions: ['v2'],
      fallback: { name: 'Unknown User', email: '' },
    }),
  },
  answers: { v1: v1.order, v2: v2.order },
});
