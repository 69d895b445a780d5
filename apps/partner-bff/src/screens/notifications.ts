import { page, param, screen, write } from '@bff/screens';
import { notification } from '@bff/services';
import { needs } from '../contract/scopes.ts';
import { v1 } from '../contract/v1.ts';
import { v2 } from '../contract/v2.ts';

export const notifications = screen('notifications', {
  id: 'listNotifications',
  summary: "List a customer's notifications, newest first",
  tag: 'Notifications',
  scopes: needs('notifications:read'),
  sources: {
    notifications: page(notification.list, {
      as: 'notifications',
      take: ({ items }) => items,
      next: ({ next_cursor }) => next_cursor,
      required: true,
    }),
  },
  answers: { v1: v1.notifications, v2: v2.notifications },
});

export const markNotificationRead = write('markNotificationRead', {
  summary: 'Mark a notification as read; the first `readAt` is kept',
  tag: 'Notifications',
  scopes: needs('notifications:read', 'notifications:write'),
  call: notification.markRead,
  with: { id: param('notificationId') },
  screen: 'notifications',
  resource: 'notification',
  at: 'notifications[0]',
  touches: ({ notificationId }) => ({ notifications: [{ id: notificationId }] }),
  answers: { v1: v1.notification, v2: v2.notification },
});

export const removeNotification = write('removeNotification', {
  summary: 'Remove a notification',
  tag: 'Notifications',
  scopes: needs('notifications:write'),
  call: notification.remove,
  with: { id: param('notificationId') },
  screen: 'notifications',
  touches: ({ notificationId }) => ({ notifications: [{ id: notificationId }] }),
});
