import { page, screen, write } from '@bff/screens';
import { notification } from '@bff/services';
import { z } from 'zod';
import { nextCursor, notificationAnswer } from './members.ts';

export const notifications = screen('notifications', {
  id: 'listNotifications',
  summary: "The user's notifications, the latest first",
  scopes: ['notifications:read'],
  sources: {
    notifications: page(notification.list, {
      as: 'notifications',
      take: ({ items }) => items,
      next: ({ next_cursor }) => next_cursor,
      fallback: [],
      required: true,
    }),
  },
  nulls: 'strip',
  bytes: { identity: 2_400, gzip: 2_400 },
  answer: z.object({ notifications: z.array(notificationAnswer), next_cursor: nextCursor }),
});

export const markNotificationRead = write('markNotificationRead', {
  summary: 'Mark a notification as read',
  scopes: ['notifications:read', 'notifications:write'],
  call: notification.markRead,
  screen: 'notifications',
  resource: 'notification',
  root: 'notifications[0]',
  nulls: 'strip',
  answer: notificationAnswer,
});

export const removeNotification = write('removeNotification', {
  summary: 'Remove a notification for good',
  scopes: ['notifications:write'],
  call: notification.remove,
  screen: 'notifications',
});
