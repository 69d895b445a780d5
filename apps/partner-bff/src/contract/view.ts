import type { Notification, Order, User } from '@bff/services';

/**
 * What the screens make and a tenant's policy speaks of, the same for every version: any member may be absent, because
 * the policy took it. Everything of a customer stands at the root, so that `name` or `orders[*].id` names one thing in
 * every screen; one order is a list of one.
 */
export interface View extends Partial<Pick<User, CustomerField>> {
  readonly orders?: readonly OrderView[];
  readonly notifications?: readonly Partial<Notification>[];
  readonly preferences?: Readonly<Record<string, unknown>>;
  readonly unread_notifications?: number;
  readonly loyalty_tier?: string;
  /** Sealed already; null on the last page. */
  readonly next_cursor?: string | null;
}

export type OrderView = Partial<Omit<Order, 'items' | 'internal_notes'>> & {
  readonly items?: readonly Partial<Order['items'][number]>[];
};

type CustomerField =
  'id' | 'name' | 'email' | 'avatar_url' | 'last_login' | 'locale' | 'phone' | 'created_at';
