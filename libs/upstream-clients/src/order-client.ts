import { z } from 'zod';
import { breakerSettings } from './resilience/breaker-settings.ts';
import type { CallScope } from './pipeline/call.ts';
import { sourceBudgetMs, type Compile, type Operation, type PageRequest } from './pipeline/operation.ts';

const order = z.object({
  id: z.string(),
  user_id: z.string(),
  /** `pending`, `paid`, `shipped`, `delivered`, `cancelled`; the service may add to these. */
  status: z.string(),
  placed_at: z.string(),
  total_cents: z.int(),
  /** ISO 4217. */
  currency: z.string(),
  note: z.string().nullable(),
  internal_notes: z.string().nullable(),
  items: z
    .array(z.object({ sku: z.string(), name: z.string(), quantity: z.int(), unit_cents: z.int() }).readonly())
    .readonly(),
});
const orderPage = z.object({
  items: z.array(order.readonly()).readonly(),
  next_cursor: z.string().nullable(),
});

export type Order = Readonly<z.infer<typeof order>>;
export type OrderPage = Readonly<z.infer<typeof orderPage>>;

const base = {
  service: 'order',
  method: 'GET',
  budgetMs: sourceBudgetMs,
  breaker: breakerSettings(3, 60_000),
} as const;

export const orderOperations = {
  recent: { ...base, name: 'recent', path: '/api/v1/users/{id}/orders', response: orderPage },
  byId: { ...base, name: 'byId', path: '/api/v1/orders/{id}', response: order },
} as const satisfies Record<string, Operation<unknown>>;

export type OrderClient = ReturnType<typeof createOrderClient>;

export function createOrderClient(compile: Compile) {
  const recent = compile<OrderPage>(orderOperations.recent);
  const byId = compile<Order>(orderOperations.byId);
  return {
    recent: (scope: CallScope, userId: string, { limit, cursor }: PageRequest) =>
      recent({ params: { id: userId }, query: { limit, cursor } }, scope),
    byId: (scope: CallScope, id: string) => byId({ params: { id } }, scope),
  };
}
