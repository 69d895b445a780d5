const ownerOf = (path: string): string => path.split('/')[4] ?? '';

/** Returns the user whose preferences a path denotes; undefined for other paths. */
export const preferencesOf = (path: string): string | undefined =>
  path.endsWith('/preferences') ? ownerOf(path) : undefined;

const time = '2026-11-01T09:00:00.000Z';

/**
 * Returns the answer of the services for a path, undefined for an unknown one. The contents are equal for
 * both tenants except for the marker, which is in every text that the tenant may see; the other texts contain
 * the hidden word.
 *
 * @param revision changes one member of all data
 */
export function plantedAnswer(path: string, marker: string, revision: number, hidden: string): unknown {
  const owner = ownerOf(path);
  const order = (id: string) => ({
    id,
    user_id: owner,
    status: 'paid',
    placed_at: time,
    total_cents: id === 'o1' ? 100 + revision : 100,
    currency: 'EUR',
    note: marker,
    internal_notes: hidden,
    items: [{ sku: 'S', name: marker, quantity: 1, unit_cents: 100 }],
  });
  const notification = (id: string) => ({
    id,
    kind: 'order',
    title: marker,
    body: id === 'n1' ? `${marker} ${revision}` : marker,
    created_at: time,
    read_at: null,
  });
  const page = (items: unknown[]) => ({ items, next_cursor: `next-${marker}` });
  const user = () => ({
    id: owner,
    name: marker,
    email: `${owner}@${marker}.example`,
    avatar_url: `https://cdn.example/${marker}.png`,
    last_login: time,
    locale: 'de-DE',
    phone: marker,
    ssn: hidden,
    internal_notes: hidden,
    created_at: time,
  });
  switch (path.split('/').slice(3).join('/').replace(owner, ':id')) {
    case 'users/:id':
      return user();
    case 'users/:id/orders':
      return page(['o1', 'o2', 'o3', 'o4', 'o5'].map(order));
    case 'orders/:id':
      return owner.startsWith('o') ? { ...order(owner), user_id: 'max' } : undefined;
    case 'users/:id/notifications':
      return page(['n1', 'n2', 'n3'].map(notification));
    case 'users/:id/unread_count':
      return { count: 3 };
    case 'users/:id/tier':
      return { tier: marker };
    case 'notifications/:id/read':
      return { ...notification(owner), read_at: time };
    default:
      return undefined;
  }
}
