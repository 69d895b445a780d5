import { type Fleet, type ServiceKey } from './fleet.ts';

export type Json = Record<string, unknown>;

/** What is true of one user, as the services themselves say it, past every BFF. */
export interface Facts {
  readonly tenant: string;
  readonly user: string;
  readonly person: Json;
  readonly preferences: Json;
  /** The newest five, and the newest three. */
  readonly orders: readonly Json[];
  readonly hasMoreOrders: boolean;
  readonly notifications: readonly Json[];
  readonly hasMoreNotifications: boolean;
  readonly unread: number;
  readonly tier: string;
}

/** @throws {Error} when a service does not answer */
export async function readFacts(
  fleet: Pick<Fleet, 'services' | 'authority'>,
  tenant: string,
  user: string,
): Promise<Facts> {
  const get = async (service: ServiceKey, path: string): Promise<Json> => {
    const url = `${fleet.services[service].url}/api/v1/users/${user}${path}`;
    const answer = await fetch(url, { headers: fleet.authority(tenant, user, service) });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    // Not json(): under Jest its objects have the prototypes of another realm, and are equal to nothing.
    return JSON.parse(await answer.text()) as Json;
  };
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
