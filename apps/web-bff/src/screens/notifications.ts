import { defineScreen } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { defineShape } from '@bff/shaping';
import { type Notification } from '@bff/services';
import { type ItemScope, type PageScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

/** Sources to fetch: one page of notifications, newest first. Without it there is nothing to show. */
export const notificationsScreen = ({ notification }: Clients) =>
  defineScreen<PageScope>()({
    name: 'notifications',
    budgetMs: 2_000,
    sources: {
      notifications: {
        read: async ({ page, ...scope }, deadline) =>
          mapOutcome(
            await notification.list({ ...scope, deadline }, { userId: scope.userId, ...page }),
            ({ items, next_cursor }) => ({ notifications: items, next_cursor: page.next(next_cursor) }),
          ),
        fallback: { notifications: [] as readonly Notification[], next_cursor: null as string | null },
        required: true,
      },
    },
  });

type NotificationsView = ReturnType<typeof notificationsScreen>['fallback'];

/** Shape to return: whole; `next_cursor` is null on the last page. */
export const notificationsShape = defineShape({
  name: 'web/notifications/1',
  nulls: 'keep',
  of: ({ notifications, next_cursor }: NotificationsView) => ({
    notifications: notifications?.map(shown),
    next_cursor,
  }),
});

/** The write: idempotent, because the upstream keeps the time of the first reading. */
export const markRead =
  ({ notification }: Clients) =>
  async (scope: ItemScope) =>
    mapOutcome(await notification.markRead(scope, { notificationId: scope.id }), (read) => ({
      notifications: [read],
    }));

type ReadView = Pick<NotificationsView, 'notifications'>;

/** What the write answers: the notification itself. */
export const notificationShape = defineShape({
  name: 'web/notification/1',
  nulls: 'keep',
  of: ({ notifications }: ReadView) => shown(notifications?.[0]),
});

const shown = ({ id, kind, title, body, created_at, read_at }: Partial<Notification> = {}) => ({
  id, kind, title, body, created_at, read_at,
}); // prettier-ignore
