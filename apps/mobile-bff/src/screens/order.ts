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

/** Shape to return: the order itself, nulls stripped; of its items what a receipt shows. */
export const orderShape = defineShape({
  name: 'mobile/order/1',
  nulls: 'strip',
  of: ({ orders }: OrderView) => detailOf(orders?.[0]),
});

const detailOf = ({ items, id, status, placed_at, total_cents, currency, note }: Partial<Order> = {}) => ({
  id,
  status,
  placed_at,
  total_cents,
  currency,
  note,
  items: items?.map(({ name, quantity, unit_cents }) => ({ name, quantity, unit_cents })),
});

/** Bytes of the whole answer that no seeded order's may pass. */
export const orderBudget = { identity: 3_600, gzip: 940 };
