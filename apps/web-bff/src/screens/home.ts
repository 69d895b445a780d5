import { screen, source } from '@bff/screens';
import { loyalty, notification, order, user } from '@bff/services';
import { z } from 'zod';
import { notification as notificationAnswer, orderSummary } from './members.ts';

export const home = screen('home', {
  summary: 'Home screen: user, counters, and the newest orders and notifications',
  sources: {
    user: source(user.profile, { fallback: { name: 'Unknown User' }, whenAbsent: 'fail' }),
    unread: source(notification.unreadCount, {
      as: 'unread_notifications',
      take: ({ count }) => count,
      fallback: 0,
    }),
    loyalty: source(loyalty.tier, { as: 'loyalty_tier', take: ({ tier }) => tier, fallback: 'standard' }),
    orders: source(order.recent, {
      with: { limit: 3 },
      as: 'orders',
      take: ({ items }) => items,
      fallback: [],
    }),
    notifications: source(notification.list, {
      with: { limit: 3 },
      as: 'notifications',
      take: ({ items }) => items,
      fallback: [],
    }),
  },
  answer: z.object({
    name: z.string(),
    unread_notifications: z.int(),
    loyalty_tier: z.string(),
    orders: z.array(orderSummary),
    notifications: z.array(notificationAnswer),
  }),
});
