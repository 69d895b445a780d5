import { sameScreen, screen, source } from '@bff/screens';
import { loyalty, notification, order, user } from '@bff/services';
import { needs } from '../contract/scopes.ts';
import { v1 } from '../contract/v1.ts';
import { v2 } from '../contract/v2.ts';

export const profile = screen('profile', {
  summary: 'Profile page of a customer, composed of five calls',
  tag: 'Customers',
  scopes: needs('customers:read', 'preferences:read', 'orders:read', 'notifications:read'),
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
  answers: { v1: v1.profile, v2: v2.profile },
});

export const ownProfile = sameScreen(profile, {
  id: 'getOwnProfile',
  summary: "The profile of the token's own subject",
});
