import { defineScreen } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { defineShape } from '@bff/shaping';
import { type Notification, type Order } from '@bff/services';
import { type ScreenScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

const latest = { limit: 3 };

/** Sources to fetch: who it is, what is new, and the latest of both lists; at most two seconds of waiting. */
export const homeScreen = ({ user, order, notification, loyalty }: Clients) =>
  defineScreen<ScreenScope>()({
    name: 'home',
    budgetMs: 2_000,
    sources: {
      user: {
        read: async (scope, deadline) =>
          mapOutcome(await user.profile({ ...scope, deadline }, { userId: scope.userId }), ({ name }) => ({
            name,
          })),
        fallback: { name: 'Unknown User' },
        whenAbsent: 'fail',
      },
      unread: {
        read: async (scope, deadline) =>
          mapOutcome(
            await notification.unreadCount({ ...scope, deadline }, { userId: scope.userId }),
            ({ count }) => ({
              unread_notifications: count,
            }),
          ),
        fallback: { unread_notifications: 0 },
      },
      loyalty: {
        read: async (scope, deadline) =>
          mapOutcome(await loyalty.tier({ ...scope, deadline }, { userId: scope.userId }), ({ tier }) => ({
            loyalty_tier: tier,
          })),
        fallback: { loyalty_tier: 'standard' },
      },
      orders: {
        read: async (scope, deadline) =>
          mapOutcome(
            await order.recent({ ...scope, deadline }, { userId: scope.userId, ...latest }),
            ({ items }) => ({
              orders: items,
            }),
          ),
        fallback: { orders: [] as readonly Order[] },
      },
      notifications: {
        read: async (scope, deadline) =>
          mapOutcome(
            await notification.list({ ...scope, deadline }, { userId: scope.userId, ...latest }),
            ({ items }) => ({
              notifications: items,
            }),
          ),
        fallback: { notifications: [] as readonly Notification[] },
      },
    },
  });

type HomeView = ReturnType<typeof homeScreen>['fallback'];

/** Shape to return: minimal, nulls stripped; of orders and notifications what fits one line. */
export const homeShape = defineShape({
  name: 'mobile/home/1',
  nulls: 'strip',
  of: ({ orders, notifications, ...rest }: HomeView) => ({
    ...rest,
    orders: orders?.map(({ id, status, total_cents, currency }) => ({ id, status, total_cents, currency })),
    notifications: notifications?.map(({ id, title, read_at }) => ({ id, title, read_at })),
  }),
});

/** Bytes of the whole answer that no seeded user's may pass. */
export const homeBudget = { identity: 820, gzip: 820 };
