import { get, service } from '@bff/upstream-clients';
import { z } from 'zod';
import { pageOf, pageParameters } from './page.ts';

const orderModel = z.object({
  id: z.string(),
  user_id: z.string(),
  /** Known values: `pending`, `paid`, `shipped`, `delivered`, `cancelled`. The service may add others. */
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

export type Order = Readonly<z.infer<typeof orderModel>>;

export const order = service(
  'order',
  { address: 'http://127.0.0.1:8081', breaker: { consecutiveFailures: 3 } },
  {
    recent: get('/api/v1/users/{userId}/orders', { query: pageParameters, response: pageOf(orderModel) }),
    byId: get('/api/v1/orders/{id}', { response: orderModel }),
  },
);
