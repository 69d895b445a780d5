import { defineScreen } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { defineShape } from '@bff/shaping';
import { type Order } from '@bff/services';
import { type ItemScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

/** Sources to fetch: one order. In the view it stands where orders stand, because that is where policies look for it. */
export const orderScreen = ({ order }: Clients) =>
  defineScreen<ItemScope>()({
    name: 'order',
    budgetMs: 2_000,
    sources: {
      order: {
        read: async (scope, deadline) =>
          mapOutcome(await order.byId({ ...scope, deadline }, { orderId: scope.id }), (found) => ({
            orders: [found],
          })),
        fallback: { orders: [] as readonly Order[] },
        required: true,
        whenAbsent: 'fail',
      },
    },
  });

type OrderView = ReturnType<typeof orderScreen>['fallback'];

/** Shape to return: the order itself, with its items, without what is for the staff. */
export const orderShape = defineShape({
  name: 'web/order/1',
  nulls: 'keep',
  of: ({ orders }: OrderView) => detailOf(orders?.[0]),
});

const detailOf = ({ id, status, placed_at, total_cents, currency, note, items }: Partial<Order> = {}) => ({
  id, status, placed_at, total_cents, currency, note, items,
}); // prettier-ignore
