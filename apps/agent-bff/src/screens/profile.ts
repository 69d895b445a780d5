import { screen, source } from '@bff/screens';
import { loyalty, notification, order, user } from '@bff/services';
import { z } from 'zod';
import { orderLine } from './members.ts';

export const profile = screen('profile', {
  summary: 'The user: name, email, loyalty tier, number of unread notifications, latest three orders',
  scopes: ['customers:read', 'orders:read', 'notifications:read'],
  sources: {
    user: source(user.profile, { fallback: { name: 'Unknown User', email: '' }, whenAbsent: 'fail' }),
    orders: source(order.recent, {
      with: { limit: 3 },
      as: 'orders',
      take: ({ items }) => items,
      fallback: [],
    }),
    notifications: source(notification.unreadCount, {
      as: 'unread_notifications',
      take: ({ count }) => count,
      fallback: 0,
    }),
    loyalty: source(loyalty.tier, { as: 'loyalty_tier', take: ({ tier }) => tier, fallback: 'standard' }),
  },
  nulls: 'strip',
  bytes: { identity: 600, gzip: 600 },
  answer: z.object({
    name: z.string(),
    email: z.string(),
    loyalty_tier: z.string(),
    unread_notifications: z.int(),
    orders: z.array(orderLine),
  }),
});
