import { page, screen, write } from '@bff/screens';
import { notification } from '@bff/services';
import { z } from 'zod';
import { nextCursor, notification as notificationAnswer } from './members.ts';

/** One page of notifications. Its only source is required, so an outage of it fails the request. */
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

/** This write is idempotent, because the service keeps the time of the first call. */
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
