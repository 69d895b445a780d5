import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OrderTruth {
  id: string;
  status: string;
  total_cents: number;
  note: string | null;
  items: { sku: string; name: string; quantity: number; unit_cents: number }[];
}
export interface NotificationTruth {
  id: string;
  title: string;
  read_at: string | null;
}
/** Data of one user in the services. */
export interface Truth {
  name: string;
  email: string;
  avatar_url: string | null;
  last_login: string | null;
  preferences: Record<string, unknown>;
  orders: OrderTruth[];
  unread: number;
  notifications: NotificationTruth[];
  tier: string;
}

export type UpstreamRoute = 'user' | 'preferences' | 'orders' | 'order' | 'unread' | 'notifications' | 'tier';

/** All four services in one server, whose data and faults each test sets. */
export interface Upstreams {
  /** Settings that connect a BFF to this server. Response caching is off unless a test turns it on. */
  readonly env: Readonly<Record<string, string>>;
  /** Returns the data of a user in a tenant; changes take effect at once. */
  truthOf(tenant: string, user: string): Truth;
  /**
   * Status that a route answers instead of its data. 429 does not count as a failure for circuit breakers.
   */
  readonly failing: Map<UpstreamRoute, number>;
  /** Creates the initial data of a user at the first request; tests may replace this function. */
  first: () => Truth;
  close(): Promise<void>;
}

export const order = (id: string, status = 'paid'): OrderTruth => ({
  id,
  status,
  total_cents: 1_250,
  note: 'SECRET-NOTE',
  items: [{ sku: 'SKU-1', name: 'Tea of the mountains', quantity: 2, unit_cents: 625 }],
});
export const notification = (id: string): NotificationTruth => ({
  id,
  title: `What happened in ${id}`,
  read_at: null,
});
export const firstTruth = (): Truth => ({
  name: 'Alice',
  email: 'alice@example.com',
  avatar_url: null,
  last_login: '2026-11-22T00:00:00Z',
  preferences: { theme: 'dark', language: 'en', alerts: { orders: true, news: false, tips: null } },
  orders: ['o1', 'o2', 'o3'].map((id) => order(id)),
  unread: 2,
  notifications: ['n1', 'n2'].map(notification),
  tier: 'gold',
});

const page = (items: readonly unknown[], query: URLSearchParams) => {
  const from = Number(query.get('cursor') ?? 0);
  const to = from + Number(query.get('limit') ?? 5);
  return { items: items.slice(from, to), next_cursor: to < items.length ? String(to) : null };
};
const at = { placed_at: '2026-11-01T10:00:00Z', created_at: '2026-11-01T10:00:00Z' };

const orderOf = (user: string) => (each: OrderTruth) => ({
  ...each,
  user_id: user,
  currency: 'EUR',
  placed_at: at.placed_at,
  internal_notes: 'INTERNAL',
});
const notificationOf = (each: NotificationTruth) => ({
  ...each,
  kind: 'news',
  body: 'Somebody wrote something to you.',
  created_at: at.created_at,
});

/** Answers by the last path segment; the segment before it is the user. */
const routes: Record<UpstreamRoute, (user: string, truth: Truth, query: URLSearchParams) => unknown> = {
  user: (id, { name, email, avatar_url, last_login }) => ({
    id, name, email, avatar_url, last_login, locale: 'en', phone: null, ssn: 'ACME-SSN-1', internal_notes: 'INTERNAL', created_at: at.created_at,
  }),
  preferences: (_, { preferences }) => preferences,
  orders: (user, { orders }, query) => page(orders.map(orderOf(user)), query),
  order: () => undefined,
  unread: (_, { unread }) => ({ count: unread }),
  notifications: (_, { notifications }, query) => page(notifications.map(notificationOf), query),
  tier: (_, { tier }) => ({ tier }),
}; // prettier-ignore

const routeNames: Record<string, UpstreamRoute> = { unread_count: 'unread' };

export async function startUpstreams(): Promise<Upstreams> {
  const truths = new Map<string, Truth>();
  const failing = new Map<UpstreamRoute, number>();

  function answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, 'http://upstream');
    const [, , , collection, id = '', last] = pathname.split('/');
    const tenant = String(headers['x-tenant-id']);
    const name = collection === 'orders' ? 'order' : last === undefined ? 'user' : (routeNames[last] ?? last);
    const route = name as UpstreamRoute;
    const status = failing.get(route);
    if (status !== undefined) return void response.writeHead(status, { 'Retry-After': '5' }).end();
    const content =
      route === 'order'
        ? orderById(tenant, id)
        : routes[route](id, upstreams.truthOf(tenant, id), searchParams);
    response.writeHead(content === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(content ?? {}));
  }

  /** Returns an order by its id; the path does not contain the user. */
  function orderById(tenant: string, id: string): unknown {
    for (const [key, { orders }] of truths) {
      const found = key.startsWith(`${tenant}/`) && orders.find((each) => each.id === id);
      if (found) return orderOf(key.slice(tenant.length + 1))(found);
    }
    return undefined;
  }

  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const upstreams: Upstreams = {
    env: {
      USER_SERVICE_URL: url,
      ORDER_SERVICE_URL: url,
      NOTIFICATION_SERVICE_URL: url,
      LOYALTY_SERVICE_URL: url,
      UPSTREAM_CACHE_BYTES: '0',
      UPSTREAM_RETRIES: '0',
    },
    failing,
    first: firstTruth,
    truthOf(tenant, user) {
      const key = `${tenant}/${user}`;
      const truth = truths.get(key) ?? upstreams.first();
      truths.set(key, truth);
      return truth;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return upstreams;
}
