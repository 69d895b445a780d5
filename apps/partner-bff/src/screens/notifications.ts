import { defineScreen } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { type Notification, type UpstreamClients } from '@bff/upstream-clients';
import { type ScreenScope } from '../serve-screen.ts';

export const notificationsScreen = ({ notification }: UpstreamClients) =>
  defineScreen<ScreenScope>()({
    name: 'notifications',
    budgetMs: 2_000,
    sources: {
      notifications: {
        read: async (scope, deadline) =>
          mapOutcome(
            await notification.list({ ...scope, deadline }, scope.userId, scope.page),
            ({ items, next_cursor }) => ({ notifications: items, next_cursor }),
          ),
        fallback: { notifications: [] as readonly Notification[], next_cursor: null as string | null },
        required: true,
        whenAbsent: 'fail',
      },
    },
  });
