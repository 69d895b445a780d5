export type Json = Record<string, unknown>;

/** Data of one user as the services return it. */
export interface Facts {
  readonly tenant: string;
  readonly user: string;
  readonly person: Json;
  readonly preferences: Json;
  /** The newest five; `notifications` below also has the newest five. */
  readonly orders: readonly Json[];
  readonly hasMoreOrders: boolean;
  readonly notifications: readonly Json[];
  readonly hasMoreNotifications: boolean;
  readonly unread: number;
  readonly tier: string;
}

/** Reads the data of a user. @param read calls a service directly, on behalf of this user and tenant */
export async function readFacts(
  read: (service: string, path: string) => Promise<Json>,
  tenant: string,
  user: string,
): Promise<Facts> {
  const get = (service: string, path: string): Promise<Json> => read(service, `/api/v1/users/${user}${path}`);
  const [person, preferences, orders, notifications, unread, tier] = await Promise.all([
    get('user', ''),
    get('user', '/preferences'),
    get('order', '/orders?limit=5'),
    get('notification', '/notifications?limit=5'),
    get('notification', '/unread_count'),
    get('loyalty', '/tier'),
  ]);
  return {
    tenant,
    user,
    person,
    preferences,
    orders: orders['items'] as Json[],
    hasMoreOrders: orders['next_cursor'] !== null,
    notifications: notifications['items'] as Json[],
    hasMoreNotifications: notifications['next_cursor'] !== null,
    unread: unread['count'] as number,
    tier: tier['tier'] as string,
  };
}
