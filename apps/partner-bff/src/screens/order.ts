import { defineScreen, type Screen, type Source } from '@bff/aggregation';
import { mapOutcome, type Deadline, type Outcome } from '@bff/service-kit';
import { type Order } from '@bff/services';
import { type ScreenScope } from '../serve-screen.ts';
import { type Clients } from '../clients.ts';

/** One order; whose it is is asked after it where the version tells it. */
export function orderScreen(clients: Clients, embedsCustomer: boolean): Screen<ScreenScope, object> {
  /** The second source waits for what the first one asks. */
  const asked = new WeakMap<ScreenScope, Promise<Outcome<Order>>>();
  const ask = (scope: ScreenScope, deadline: Deadline): Promise<Outcome<Order>> => {
    const known = asked.get(scope) ?? clients.order.byId({ ...scope, deadline }, { orderId: scope.orderId });
    asked.set(scope, known);
    return known;
  };
  const order: Source<ScreenScope, { readonly orders: readonly Order[] }> = {
    read: async (scope, deadline) => mapOutcome(await ask(scope, deadline), (found) => ({ orders: [found] })),
    fallback: { orders: [] },
    required: true,
    whenAbsent: 'fail',
  };
  const settings = { name: 'order', budgetMs: 2_000 };
  if (!embedsCustomer) return defineScreen<ScreenScope>()({ ...settings, sources: { order } });
  const user = ownerSource(clients, async (scope, deadline) => {
    const found = await ask(scope, deadline);
    return found.kind === 'value' ? found.value.user_id : undefined;
  });
  return defineScreen<ScreenScope>()({ ...settings, sources: { order, user } });
}

interface OwnerPart {
  readonly name: string;
  readonly email: string;
}

/** Name and address of the customer whose orders are shown; without an id there is nobody to ask for. */
export const ownerSource = (
  { user }: Clients,
  idOf: (scope: ScreenScope, deadline: Deadline) => Promise<string | undefined>,
): Source<ScreenScope, OwnerPart> => ({
  async read(scope, deadline) {
    const id = await idOf(scope, deadline);
    if (id === undefined) return { kind: 'absent' };
    return mapOutcome(await user.profile({ ...scope, deadline }, { userId: id }), ({ name, email }) => ({
      name,
      email,
    }));
  },
  fallback: { name: 'Unknown User', email: '' },
});
