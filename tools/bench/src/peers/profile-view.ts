/** The composed screen that every peer answers, field by field what web-bff answers to `GET /api/profile`. */
export interface ProfileSources {
  readonly user: { name: string; email: string; avatar_url: string | null; last_login: string | null };
  readonly preferences: object;
  readonly orders: { items: readonly Order[] };
  readonly unread: { count: number };
  readonly loyalty: { tier: string };
}

interface Order {
  id: string;
  status: string;
  placed_at: string;
  total_cents: number;
  currency: string;
  note: string | null;
  items: readonly object[];
}

/** In this order. */
export const sourceNames = ['user', 'preferences', 'orders', 'unread', 'loyalty'] as const;
export type SourceName = (typeof sourceNames)[number];

export function pathOf(source: SourceName, id: string): string {
  const user = `/api/v1/users/${encodeURIComponent(id)}`;
  const paths = {
    user,
    preferences: `${user}/preferences`,
    orders: `${user}/orders?limit=5`,
    unread: `${user}/unread_count`,
    loyalty: `${user}/tier`,
  };
  return paths[source];
}

/** What stands in for a source that failed. */
export const defaults: ProfileSources = {
  user: { name: 'Unknown User', email: '', avatar_url: null, last_login: null },
  preferences: {},
  orders: { items: [] },
  unread: { count: 0 },
  loyalty: { tier: 'standard' },
};

export function profileView({ user, preferences, orders, unread, loyalty }: ProfileSources) {
  return {
    name: user.name,
    email: user.email,
    avatar_url: user.avatar_url,
    last_login: user.last_login,
    preferences,
    orders: orders.items.map(({ id, status, placed_at, total_cents, currency, note, items }) => ({
      id, status, placed_at, total_cents, currency, note, items,
    })), // prettier-ignore
    unread_notifications: unread.count,
    loyalty_tier: loyalty.tier,
  };
}

/** All five at once. */
export async function gather(
  read: (source: SourceName) => Promise<unknown>,
): Promise<ReturnType<typeof profileView>> {
  const [user, preferences, orders, unread, loyalty] = await Promise.all(sourceNames.map(read));
  return profileView({ user, preferences, orders, unread, loyalty } as ProfileSources);
}
