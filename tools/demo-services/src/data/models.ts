/** The answers of the services, member by member. Times are ISO 8601 in UTC. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly avatar_url: string | null;
  readonly last_login: string | null;
  readonly locale: string;
  readonly phone: string | null;
  readonly ssn: string;
  readonly internal_notes: string | null;
  readonly created_at: string;
}

/** Any JSON object. Seeded objects have theme, language, newsletter, digest and nickname. */
export type Preferences = Readonly<Record<string, unknown>>;

export const orderStatuses = ['pending', 'paid', 'shipped', 'delivered', 'cancelled'] as const;

export interface OrderItem {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unit_cents: number;
}

export interface Order {
  readonly id: string;
  readonly user_id: string;
  readonly status: (typeof orderStatuses)[number];
  readonly placed_at: string;
  /** Sum of quantity times unit price over the items. */
  readonly total_cents: number;
  readonly currency: string;
  readonly note: string | null;
  readonly internal_notes: string | null;
  readonly items: readonly OrderItem[];
}

export interface Notification {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly created_at: string;
  readonly read_at: string | null;
}

export const tiers = ['standard', 'silver', 'gold', 'platinum'] as const;
export type Tier = (typeof tiers)[number];

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; null on the last page. */
  readonly next_cursor: string | null;
}
