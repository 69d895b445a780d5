import { defineScreen } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { defineShape } from '@bff/shaping';
import { type Order, type Preferences, type User } from '@bff/services';
import { type ScreenScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

const orderCount = 5;

/** Sources to fetch: five services' answers to one page, at most two seconds of waiting. */
export const profileScreen = ({ user, order, notification, loyalty }: Clients) =>
  defineScreen<ScreenScope>()({
    name: 'profile',
    budgetMs: 2_000,
    sources: {
      user: {
        read: async (scope, deadline) =>
          mapOutcome(await user.profile({ ...scope, deadline }, { userId: scope.userId }), personOf),
        fallback: {
          name: 'Unknown User',
          email: '',
          avatar_url: null as string | null,
          last_login: null as string | null,
        },
        whenAbsent: 'fail',
      },
      preferences: {
        read: async (scope, deadline) =>
          mapOutcome(
            await user.preferences({ ...scope, deadline }, { userId: scope.userId }),
            (preferences) => ({
              preferences,
            }),
          ),
        fallback: { preferences: {} as Preferences },
      },
      orders: {
        read: async (scope, deadline) =>
          mapOutcome(
            await order.recent({ ...scope, deadline }, { userId: scope.userId, limit: orderCount }),
            ({ items }) => ({ orders: items }),
          ),
        fallback: { orders: [] as readonly Order[] },
      },
      notifications: {
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
    },
  });

type ProfileView = ReturnType<typeof profileScreen>['fallback'];

const personOf = ({ name, email, avatar_url, last_login }: User) => ({ name, email, avatar_url, last_login });

/** Shape to return: nested, nulls kept; orders with their items, without what is for the staff. */
export const profileShape = defineShape({
  name: 'web/profile/1',
  nulls: 'keep',
  of: ({ orders, ...person }: ProfileView) => ({ ...person, orders: orders?.map(orderShape) }),
});

const orderShape = ({ id, status, placed_at, total_cents, currency, note, items }: Order) => ({
  id, status, placed_at, total_cents, currency, note, items,
}); // prettier-ignore
