import { clients, user } from './clients.ts';
import { composedScreen } from './composed-screen.ts';
import { sampleAnswers } from './sample-answers.ts';

/** Seeded users that no test names; up to a third of their optional values are missing. */
const customers = Array.from(
  { length: 120 },
  (_, index) => `acme-user-${String(index + 1).padStart(3, '0')}`,
);
const customerPaths = (part: string): string[] => customers.map((id) => `/v2/customers/${id}${part}`);

/**
 * Describes this product to the measurements. In `@bff/bench` the compiler checks that it has the type
 * `MeasuredProduct`. The measured servers import it as well, so it must not import large modules.
 */
export const measuredProduct = {
  composed: composedScreen,
  page: {
    name: 'orders',
    path: '/api/orders?limit=10',
    tool: { name: 'listOrders', arguments: { limit: 10 } },
  },
  lost: { name: 'loyalty', path: '/tier' },
  sampleAnswers,
  number: { path: '/api/v1/users/{userId}/unread_count', member: 'count', value: 3 },
  agentScopes: ['customers:read', 'orders:read', 'notifications:read', 'preferences:read'],
  blockedFields: ['ssn', 'internal_notes', 'orders[*].internal_notes'],
  user,
  clients,
  partner: { clientId: 'acme-erp', clientSecret: 'demo-secret' },
  serviceEnv: { SLOW_DELAY_MS: '0' },
  degraded: { screen: 'profile', service: 'order', source: 'orders' },
  synced: ['profile', 'home', 'notifications', 'orders', 'orders?limit=50'],
  payloads: [
    { of: 'our customers', bff: 'partner-bff', paths: customerPaths('') },
    { of: 'our profiles', bff: 'partner-bff', paths: customerPaths('/profile') },
  ],
} as const;
