import { screen, source } from '@bff/screens';
import { loyalty, notification, order, user } from '@bff/services';
import { z } from 'zod';
import { order as orderAnswer, preferences, time } from './members.ts';

export const profile = screen('profile', {
  summary: 'Profile page, composed of five calls',
  sources: {
    user: source(user.profile, {
      fallback: { name: 'Unknown User', email: '', avatar_url: null, last_login: null },
      whenAbsent: 'fail',
    }),
    preferences: source(user.preferences, { as: 'preferences', fallback: {} }),
    orders: source(order.recent, {
      with: { limit: 5 },
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
  answer: z.object({
    name: z.string(),
    email: z.string(),
    avatar_url: z.string().nullable(),
    last_login: time.nullable(),
    preferences,
    orders: z.array(orderAnswer),
    unread_notifications: z.int(),
    loyalty_tier: z.string(),
  }),
});
