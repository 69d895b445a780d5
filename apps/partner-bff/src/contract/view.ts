import type { Notification, Order, User } from '@bff/services';

/**
 * View that screens compose and tenant policies address, equal for all versions. Any member may be absent,
 * because a policy removed it. Members of a customer are at the root, so that a path such as `name` or
 * `orders[*].id` means the same in every screen. For the same reason a single order is a list with one item.
 */
export interface View extends Partial<Pick<User, CustomerField>> {
  readonly orders?: readonly OrderView[];
  readonly notifications?: readonly Partial<Notification>[];
  readonly preferences?: Readonly<Record<string, unknown>>;
  readonly unread_notifications?: number;
  readonly loyalty_tier?: string;
  /** Sealed for the client; null on the last page. */
  readonly next_cursor?: string | null;
}

export type OrderView = Partial<Omit<Order, 'items' | 'internal_notes'>> & {
  readonly items?: readonly Partial<Order['items'][number]>[];
};

type CustomerField =
  'id' | 'name' | 'email' | 'avatar_url' | 'last_login' | 'locale' | 'phone' | 'created_at';
