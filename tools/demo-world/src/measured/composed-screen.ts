/**
 * The composed screen of web-bff's `GET /api/profile`, described for servers that build it without our libs.
 */
export const composedScreen = {
  name: 'profile',
  path: '/api/profile',
  tool: { name: 'getProfile', arguments: {} },
  fields: 'name,orders[*].id,loyalty_tier',
  sources: ['user', 'preferences', 'orders', 'unread', 'loyalty'],
  fallbacks: {
    user: { name: 'Unknown User', email: '', avatar_url: null, last_login: null },
    preferences: {},
    orders: { items: [] },
    unread: { count: 0 },
    loyalty: { tier: 'standard' },
  },
  pathOf,
  viewOf,
  constant: constantValues(),
  graphql: {
    typeDefs: `#graphql
  scalar Json
  type Item { sku: String! name: String! quantity: Int! unit_cents: Int! }
  type Order {
    id: ID! status: String! placed_at: String! total_cents: Int! currency: String! note: String items: [Item!]!
  }
  type User { name: String! email: String! avatar_url: String last_login: String }
  type Query { user: User! preferences: Json! orders: [Order!]! unread_notifications: Int! loyalty_tier: String! }
`,
    query:
      '{ user { name email avatar_url last_login } preferences unread_notifications loyalty_tier orders ' +
      '{ id status placed_at total_cents currency note items { sku name quantity unit_cents } } }',
    fields: {
      user: { source: 'user' },
      preferences: { source: 'preferences' },
      orders: { source: 'orders', take: (value: Values['orders']) => value.items },
      unread_notifications: { source: 'unread', take: (value: Values['unread']) => value.count },
      loyalty_tier: { source: 'loyalty', take: (value: Values['loyalty']) => value.tier },
    },
  },
} as const;

/** The answers of the services, by source. */
export interface Values {
  readonly user: { name: string; email: string; avatar_url: string | null; last_login: string | null };
  readonly preferences: object;
  readonly orders: { items: readonly Order[] };
  readonly unread: { count: number };
  readonly loyalty: { tier: string };
}
export type ValueList = readonly [
  Values['user'],
  Values['preferences'],
  Values['orders'],
  Values['unread'],
  Values['loyalty'],
];

export interface Order {
  id: string;
  status: string;
  placed_at: string;
  total_cents: number;
  currency: string;
  note: string | null;
  items: readonly object[];
}

/**
 * Returns path and query of the upstream call that a source makes.
 * @throws {TypeError} on an unknown source
 */
function pathOf(source: string, id: string): string {
  const user = `/api/v1/users/${encodeURIComponent(id)}`;
  const paths: Readonly<Record<string, string>> = {
    user,
    preferences: `${user}/preferences`,
    orders: `${user}/orders?limit=5`,
    unread: `${user}/unread_count`,
    loyalty: `${user}/tier`,
  };
  const path = paths[source];
  if (path === undefined) throw new TypeError(`unknown source ${source}`);
  return path;
}

function viewOf([user, preferences, orders, unread, loyalty]: ValueList) {
  return {
    name: user.name,
    email: user.email,
    avatar_url: user.avatar_url,
    last_login: user.last_login,
    preferences,
    orders: orders.items.map(({ id, status, placed_at, total_cents, currency, note, items }) => ({
      id,
      status,
      placed_at,
      total_cents,
      currency,
      note,
      items,
    })),
    unread_notifications: unread.count,
    loyalty_tier: loyalty.tier,
  };
}

/** Returns values for a constant answer. */
function constantValues(): ValueList {
  const item = { sku: 'SKU-10000', name: 'Walking boots', quantity: 1, unit_cents: 1_990 };
  const order = {
    id: 'o-1',
    status: 'delivered',
    placed_at: '2026-01-11T09:24:00.000Z',
    total_cents: 12_345,
    currency: 'EUR',
    note: null,
    items: [item, item],
  };
  return [
    { name: 'Customer 1', email: 'u1@customers.example', avatar_url: null, last_login: null },
    {},
    { items: [order, order, order, order, order] },
    { count: 0 },
    { tier: 'standard' },
  ];
}
