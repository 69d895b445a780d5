import { defineScreen, type Screen, type Source } from '@bff/aggregation';
import { mapOutcome } from '@bff/service-kit';
import { type Order } from '@bff/services';
import { type ScreenScope } from '../serve-screen.ts';
import { ownerSource } from './order.ts';
import { type Clients } from '../clients.ts';

/** A page of orders; whose they are is asked beside it where the version tells it. */
export function ordersScreen(clients: Clients, embedsCustomer: boolean): Screen<ScreenScope, object> {
  const orders: Source<ScreenScope, OrdersPart> = {
    read: async (scope, deadline) =>
      mapOutcome(
        await clients.order.recent({ ...scope, deadline }, { userId: scope.userId, ...scope.page }),
        ({ items, next_cursor }) => ({ orders: items, next_cursor }),
      ),
    fallback: { orders: [], next_cursor: null },
    required: true,
    whenAbsent: 'fail',
  };
  const settings = { name: 'orders', budgetMs: 2_000 };
  if (!embedsCustomer) return defineScreen<ScreenScope>()({ ...settings, sources: { orders } });
  const user = ownerSource(clients, async ({ userId }) => userId);
  return defineScreen<ScreenScope>()({ ...settings, sources: { orders, user } });
}

interface OrdersPart {
  readonly orders: readonly Order[];
  readonly next_cursor: string | null;
}
