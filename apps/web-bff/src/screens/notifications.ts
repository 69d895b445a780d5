import { page, screen, write } from '@bff/screens';
import { notification } from '@bff/services';
import { z } from 'zod';
import { nextCursor, notification as notificationAnswer } from './members.ts';

/** A page of notifications; the only source is required. */
export const notifications = screen('notifications', {
  id: 'listNotifications',
  summary: 'List notifications, newest first',
  sources: {
    notifications: page(notification.list, {
      as: 'notifications',
      take: ({ items }) => items,
      next: ({ next_cursor }) => next_cursor,
      fallback: [],
      required: true,
    }),
  },
  answer: z.object({ notifications: z.array(notificationAnswer), next_cursor: nextCursor }),
});

/** Idempotent, because the service keeps the time of the first call. */
export const markNotificationRead = write('markNotificationRead', {
  summary: 'Mark a notification as read; the first `read_at` is kept',
  call: notification.markRead,
  screen: 'notifications',
  resource: 'notification',
  root: 'notifications[0]',
  answer: notificationAnswer,
});

export const removeNotification = write('removeNotification', {
  summary: 'Remove a notification',
  call: notification.remove,
  screen: 'notifications',
});
