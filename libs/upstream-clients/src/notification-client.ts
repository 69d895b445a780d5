import { z } from 'zod';
import { breakerSettings } from './resilience/breaker-settings.ts';
import type { CallScope } from './pipeline/call.ts';
import { sourceBudgetMs, type Compile, type Operation, type PageRequest } from './pipeline/operation.ts';

const notification = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  created_at: z.string(),
  read_at: z.string().nullable(),
});
const notificationPage = z.object({
  items: z.array(notification.readonly()).readonly(),
  next_cursor: z.string().nullable(),
});
const unreadCount = z.object({ count: z.int().min(0) });

export type Notification = Readonly<z.infer<typeof notification>>;
export type NotificationPage = Readonly<z.infer<typeof notificationPage>>;
export type UnreadCount = Readonly<z.infer<typeof unreadCount>>;

const base = {
  service: 'notification',
  budgetMs: sourceBudgetMs,
  breaker: breakerSettings(8, 15_000),
} as const;

export const notificationOperations = {
  unreadCount: {
    ...base,
    name: 'unreadCount',
    method: 'GET',
    path: '/api/v1/users/{id}/unread_count',
    response: unreadCount,
  },
  list: {
    ...base,
    name: 'list',
    method: 'GET',
    path: '/api/v1/users/{id}/notifications',
    response: notificationPage,
  },
  markRead: {
    ...base,
    name: 'markRead',
    method: 'POST',
    path: '/api/v1/notifications/{id}/read',
    response: notification,
  },
} as const satisfies Record<string, Operation<unknown>>;

export type NotificationClient = ReturnType<typeof createNotificationClient>;

export function createNotificationClient(compile: Compile) {
  const unreadCount = compile<UnreadCount>(notificationOperations.unreadCount);
  const list = compile<NotificationPage>(notificationOperations.list);
  const markRead = compile<Notification>(notificationOperations.markRead);
  return {
    unreadCount: (scope: CallScope, userId: string) => unreadCount({ params: { id: userId } }, scope),
    list: (scope: CallScope, userId: string, { limit, cursor }: PageRequest) =>
      list({ params: { id: userId }, query: { limit, cursor } }, scope),
    markRead: (scope: CallScope, id: string, idempotencyKey?: string) =>
      markRead({ params: { id }, idempotencyKey }, scope),
  };
}
