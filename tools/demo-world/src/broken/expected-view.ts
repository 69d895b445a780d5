import type { Facts, Json } from './facts.ts';

/**
 * A second specification of the contract, independent of the product's code: the members of each source,
 * their fallbacks, and the members that each client and tenant sees.
 */
type Client = 'web' | 'mobile' | 'partner' | 'agent';
type Screen = 'profile' | 'home' | 'orders' | 'notifications' | 'preferences' | 'customer';

interface Source {
  readonly truth: (facts: Facts) => Json;
  /** Members that replace those of a lost source; absent if the source is required. */
  readonly fallback?: Json;
}

const pick = (from: Json, names: string): Json =>
  Object.fromEntries(names.split(' ').flatMap((name) => (name in from ? [[name, from[name]]] : [])));

const person = 'name email avatar_url last_login';
const unread: Source = {
  truth: (facts) => ({ unread_notifications: facts.unread }),
  fallback: { unread_notifications: 0 },
};
const loyalty: Source = {
  truth: (facts) => ({ loyalty_tier: facts.tier }),
  fallback: { loyalty_tier: 'standard' },
};

type Sources = Readonly<Record<string, Source>>;

const sources: Readonly<Record<Screen, Sources>> = {
  profile: {
    user: {
      truth: (facts) => pick(facts.person, person),
      fallback: { name: 'Unknown User', email: '', avatar_url: null, last_login: null },
    },
    preferences: { truth: ({ preferences }) => ({ preferences }), fallback: { preferences: {} } },
    orders: { truth: ({ orders }) => ({ orders }), fallback: { orders: [] } },
    notifications: unread,
    loyalty,
  },
  home: {
    user: { truth: (facts) => pick(facts.person, 'name'), fallback: { name: 'Unknown User' } },
    unread,
    loyalty,
    orders: { truth: ({ orders }) => ({ orders: orders.slice(0, 3) }), fallback: { orders: [] } },
    notifications: {
      truth: ({ notifications }) => ({ notifications: notifications.slice(0, 3) }),
      fallback: { notifications: [] },
    },
  },
  orders: { orders: { truth: (facts) => ({ orders: facts.orders, next_cursor: facts.hasMoreOrders }) } },
  notifications: {
    notifications: {
      truth: (facts) => ({ notifications: facts.notifications, next_cursor: facts.hasMoreNotifications }),
    },
  },
  preferences: { preferences: { truth: ({ preferences }) => ({ preferences }) } },
  customer: { user: { truth: (facts) => pick(facts.person, `id ${person} locale phone created_at`) } },
};

/** Sources of the screens that one client has in a form of its own. */
const ownSources: Readonly<Partial<Record<Client, Partial<Record<Screen, Sources>>>>> = {
  agent: {
    profile: {
      user: {
        truth: (facts) => pick(facts.person, 'name email'),
        fallback: { name: 'Unknown User', email: '' },
      },
      orders: { truth: ({ orders }) => ({ orders: orders.slice(0, 3) }), fallback: { orders: [] } },
      notifications: unread,
      loyalty,
    },
  },
};

/** Clients whose answers omit members without a value, also the cursor of the last page. */
const omitsNulls: readonly Client[] = ['mobile', 'agent'];

const briefOrder = 'id status placed_at total_cents currency';
const wholeOrder = `${briefOrder} note items`;
const wholeNotification = 'id kind title body created_at read_at';

/** Members of the items of both lists, by client and screen. */
const itemsOf: Readonly<
  Record<Client, Partial<Record<Screen, { orders?: string; notifications?: string }>>>
> = {
  web: {
    profile: { orders: wholeOrder },
    home: { orders: briefOrder, notifications: wholeNotification },
    orders: { orders: wholeOrder },
    notifications: { notifications: wholeNotification },
  },
  mobile: {
    profile: { orders: briefOrder },
    home: { orders: 'id status total_cents currency', notifications: 'id title read_at' },
    orders: { orders: briefOrder },
    notifications: { notifications: wholeNotification },
  },
  partner: {
    profile: { orders: `${wholeOrder} user_id` },
    orders: { orders: `${wholeOrder} user_id` },
    notifications: { notifications: wholeNotification },
  },
  agent: {
    profile: { orders: briefOrder },
    orders: { orders: briefOrder },
    notifications: { notifications: wholeNotification },
  },
};

const isScreen = (name: string): name is Screen => Object.hasOwn(sources, name);

/** Returns whether the screen has a required source, without which the request fails. */
export const isRequired = (screen: string): boolean =>
  isScreen(screen) && Object.values<Source>(sources[screen]).some(({ fallback }) => fallback === undefined);

/** Fallback that replaced each lost source, by name of the source. */
type Replaced = ReadonlyMap<string, 'stale' | 'default'>;

/**
 * Returns the expected view without `_meta`. `next_cursor` is true, or false if there is a member without a
 * cursor, because cursors are sealed.
 *
 * @throws {Error} on a degradation that the contract does not know
 */
export function expectedView(
  client: Client,
  screen: string,
  facts: Facts,
  replaced: Replaced = new Map(),
): Json {
  if (!isScreen(screen)) throw new Error(`unknown screen ${screen}`);
  const known = ownSources[client]?.[screen] ?? sources[screen];
  for (const name of replaced.keys())
    if (!(name in known)) throw new Error(`${screen} has no source ${name}`);
  let view: Json = {};
  for (const [name, { truth, fallback }] of Object.entries(known)) {
    const isDefault = replaced.get(name) === 'default';
    if (isDefault && fallback === undefined) throw new Error(`${screen} requires the source ${name}`);
    view = { ...view, ...(isDefault ? fallback : truth(facts)) };
  }
  const items = itemsOf[client][screen] ?? {};
  for (const list of ['orders', 'notifications'] as const)
    if (view[list] !== undefined && items[list] !== undefined)
      view[list] = (view[list] as Json[]).map((item) => pick(item, items[list] ?? ''));
  const seen = asTenant(facts.tenant, view);
  const shaped =
    screen === 'preferences' && client !== 'partner' ? ((seen['preferences'] ?? {}) as Json) : seen;
  if (!omitsNulls.includes(client)) return shaped;
  const { next_cursor: hasMore, ...rest } = withoutNulls(shaped) as Json;
  return { ...rest, ...(hasMore === true && { next_cursor: true }) };
}

/**
 * Applies the policies of the demo tenants. For acme nothing has to be removed, because no screen contains
 * the members that its policy blocks. For globex only the members that its policy allows remain.
 */
function asTenant(tenant: string, view: Json): Json {
  if (tenant !== 'globex') return view;
  const orders = view['orders'] as Json[] | undefined;
  return {
    ...pick(view, orders ? 'name email next_cursor' : 'name email'),
    ...(orders && { orders: orders.map((order) => pick(order, 'id')) }),
  };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member)]));
}
