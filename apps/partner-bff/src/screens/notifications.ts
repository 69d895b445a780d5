import { defineScreen } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { type Notification } from '@bff/services';
import { type ScreenScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

export const notificationsScreen = ({ notification }: Clients) =>
  defineScreen<ScreenScope>()({
    name: 'notifications',
    budgetMs: 2_000,
    sources: {
      notifications: {
        read: async (scope, deadline) =>
          mapOutcome(
            await notification.list({ ...scope, deadline }, { userId: scope.userId, ...scope.page }),
            ({ items, next_cursor }) => ({ notifications: items, next_cursor }),
          ),
        fallback: { notifications: [] as readonly Notification[], next_cursor: null as string | null },
        required: true,
        whenAbsent: 'fail',
      },
    },
  });
