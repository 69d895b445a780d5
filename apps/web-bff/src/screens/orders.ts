import { defineScreen } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { defineShape } from '@bff/shaping';
import { type Order } from '@bff/services';
import { type PageScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

/** Sources to fetch: one page of orders, newest first. Without it there is nothing to show. */
export const ordersScreen = ({ order }: Clients) =>
  defineScreen<PageScope>()({
    name: 'orders',
    budgetMs: 2_000,
    sources: {
      orders: {
        read: async ({ page, ...scope }, deadline) =>
          mapOutcome(
            await order.recent({ ...scope, deadline }, { userId: scope.userId, ...page }),
            ({ items, next_cursor }) => ({ orders: items, next_cursor: page.next(next_cursor) }),
          ),
        fallback: { orders: [] as readonly Order[], next_cursor: null as string | null },
        required: true,
      },
    },
  });

type OrdersView = ReturnType<typeof ordersScreen>['fallback'];

/** Shape to return: as in the profile, with items; `next_cursor` is null on the last page. */
export const ordersShape = defineShape({
  name: 'web/orders/1',
  nulls: 'keep',
  of: ({ orders, next_cursor }: OrdersView) => ({
    orders: orders?.map(({ id, status, placed_at, total_cents, currency, note, items }) => ({
      id,
      status,
      placed_at,
      total_cents,
      currency,
      note,
      items,
    })),
    next_cursor,
  }),
});
