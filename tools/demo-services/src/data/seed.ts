import {
  orderStatuses,
  tiers,
  type Notification,
  type Order,
  type OrderItem,
  type Preferences,
  type Tier,
  type User,
} from './models.ts';
import { chance, integerFrom, pick, seededRandom, type Random } from '../random.ts';
import { locales, longNote, names, notes, notices, products } from './seed-texts.ts';

/** Current time of the seeded data: the same on every day, so that the data is reproducible. */
const now = Date.parse('2026-11-01T09:00:00Z');
const day = 86_400_000;
const isoBefore = (ms: number): string => new Date(now - ms).toISOString();
const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(3, '0')}`);

/**
 * Every account. The same id in two tenants denotes two users, so that a key without its tenant would mix
 * them up.
 */
export const accounts: readonly (readonly [tenant: string, id: string])[] = Object.entries({
  acme: ['alice', 'bob', 'max', ...numbered('acme-user-', 120)],
  globex: ['alice', 'bob', 'max', 'gina', ...numbered('globex-user-', 100)],
}).flatMap(([tenant, ids]) => ids.map((id) => [tenant, id] as const));

/**
 * Returns a random sequence per account and topic, so that services agree on data without calling each other.
 */
const randomOf = (tenant: string, id: string, topic: string): Random =>
  seededRandom(`${tenant}/${id}/${topic}`);
const orNull = <T>(random: Random, value: T): T | null => (chance(random, 0.3) ? null : value);
/** Returns a text that no client may see; tests search answers, caches and logs for it. */
const internalNote = (tenant: string, about: string): string =>
  `${tenant.toUpperCase()}-INTERNAL ${about}: do not disclose`;

const familyNames: Readonly<Record<string, string>> = { acme: 'Grünwald', globex: 'Nakamura 中村' };
/** Accounts named in documentation and tests have no missing values, so that the first screen is complete. */
const isNamed = (id: string): boolean => !id.includes('-');

export function seedUser(tenant: string, id: string): User {
  const random = randomOf(tenant, id, 'user');
  const name = isNamed(id)
    ? `${id[0]?.toUpperCase()}${id.slice(1)} ${familyNames[tenant]}`
    : pick(random, names);
  const avatar = orNull(random, `https://cdn.example/${tenant}/${id}.png`);
  const lastLogin = orNull(random, isoBefore(integerFrom(random, 60_000, 90 * day)));
  return {
    id,
    name,
    email: `${id}@${tenant}.example`,
    avatar_url: isNamed(id) ? `https://cdn.example/${tenant}/${id}.png` : avatar,
    last_login: isNamed(id) ? isoBefore(integerFrom(random, 60_000, 2 * day)) : lastLogin,
    locale: pick(random, locales),
    phone: orNull(random, `+49 30 555${integerFrom(random, 1000, 9999)}`),
    ssn: `${tenant.toUpperCase()}-SSN-${integerFrom(random, 100_000_000, 999_999_999)}`,
    internal_notes: isNamed(id) ? internalNote(tenant, id) : orNull(random, internalNote(tenant, id)),
    created_at: isoBefore(integerFrom(random, 100 * day, 2000 * day)),
  };
}

export function seedPreferences(tenant: string, id: string): Preferences {
  const random = randomOf(tenant, id, 'preferences');
  return {
    theme: pick(random, ['light', 'dark', 'system']),
    language: pick(random, ['de', 'en', 'ja', 'ar']),
    newsletter: chance(random, 0.5),
    digest: { frequency: pick(random, ['daily', 'weekly', 'never']), hour: integerFrom(random, 0, 23) },
    nickname: orNull(random, pick(random, ['Käpt’n', 'ゆき', '🚀', 'Ace', 'נשר'])),
  };
}

/**
 * Returns 0 to 40 orders, newest first; alice has at least 12. Neighbours may have the same time, so that
 * pagination needs a second sort key.
 */
export function seedOrders(tenant: string, id: string): Order[] {
  const random = randomOf(tenant, id, 'orders');
  const count = integerFrom(random, id === 'alice' ? 12 : 0, 40);
  let age = 0;
  return Array.from({ length: count }, (_, index): Order => {
    age += chance(random, 0.15) ? 0 : integerFrom(random, 3_600_000, 20 * day);
    const items = Array.from({ length: integerFrom(random, 1, 6) }, () => seedItem(random));
    return {
      id: `${id}-o${count - index}`,
      user_id: id,
      status: pick(random, orderStatuses),
      placed_at: isoBefore(age),
      total_cents: items.reduce((sum, { quantity, unit_cents }) => sum + quantity * unit_cents, 0),
      currency: pick(random, ['EUR', 'USD', 'JPY']),
      note: chance(random, 0.05) ? longNote : orNull(random, pick(random, notes)),
      internal_notes: orNull(random, internalNote(tenant, 'margin')),
      items,
    };
  });
}

function seedItem(random: Random): OrderItem {
  const [sku, name, unit_cents] = pick(random, products);
  return { sku, name, quantity: integerFrom(random, 1, 5), unit_cents };
}

/** Returns 0 to 15 notifications, newest first; alice has exactly three unread ones. */
export function seedNotifications(tenant: string, id: string): Notification[] {
  const random = randomOf(tenant, id, 'notifications');
  const isAlice = id === 'alice';
  let age = 0;
  return Array.from({ length: integerFrom(random, isAlice ? 6 : 0, 15) }, (_, index): Notification => {
    age += integerFrom(random, 60_000, 5 * day);
    const [kind, title, body] = pick(random, notices);
    const unread = isAlice ? index < 3 : chance(random, 0.4);
    return {
      id: `${id}-n${index + 1}`,
      kind,
      title,
      body,
      created_at: isoBefore(age),
      read_at: unread ? null : isoBefore(integerFrom(random, 0, age)),
    };
  });
}

export const seedTier = (tenant: string, id: string): Tier => pick(randomOf(tenant, id, 'tier'), tiers);
