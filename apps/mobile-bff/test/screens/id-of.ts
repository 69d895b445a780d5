import type * as services from '@bff/services';
import type { Order } from '@bff/services';
import type { CallScope, ClientsOf } from '@bff/upstream-clients';

export type Clients = ClientsOf<typeof services>;

/** Returns the id for the largest answer of a screen: the user's largest order, if there is one. */
export async function idOf(
  { order }: Clients,
  userId: string,
  scope: CallScope,
): Promise<string | undefined> {
  const outcome = await order.recent(scope, { userId, limit: 50 });
  const weightOf = (each: Order): number => JSON.stringify(each).length;
  const orders = outcome.kind === 'value' ? outcome.value.items : [];
  return orders.toSorted((one, other) => weightOf(other) - weightOf(one))[0]?.id;
}
