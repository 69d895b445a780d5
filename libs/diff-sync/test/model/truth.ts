import { type Chance } from '@bff/testbed';
import { type JsonObject } from '../../src/index.ts';

interface Order {
  id?: string;
  status: string;
  total: number;
  internal_notes: string;
  lines: { sku: string; quantity: number }[];
}

/** What the upstreams know, and how it changes. */
export interface Truth {
  name: string;
  email: string;
  avatar_url: string | null;
  last_login: string | null;
  ssn: string;
  orders: Order[];
  preferences: Record<string, string | boolean | null>;
  tags: string[];
  unread: number;
}

/** The members of the view that each source owns. */
export const sources = {
  user: ['name', 'email', 'avatar_url', 'last_login', 'ssn'],
  orders: ['orders'],
  preferences: ['preferences', 'tags'],
  unread: ['unread_notifications'],
} as const;
export type Source = keyof typeof sources;

/** What stands in for a source: some of it is what a user may really have. */
const fallbacks: Readonly<Record<Source, JsonObject>> = {
  user: { name: 'Unknown User', email: '' },
  orders: { orders: [] },
  preferences: { preferences: {}, tags: [] },
  unread: { unread_notifications: 0 },
};

/** Values that a policy may block have a mark, so that they are found wherever they turn up. */
export const blockable = { ssn: 'SECRET-SSN', internal_notes: 'SECRET-NOTE' } as const;
export type Blockable = keyof typeof blockable;

export const firstTruth = (): Truth => ({
  name: 'Alice',
  email: 'alice@example.com',
  avatar_url: null,
  last_login: '2026-11-22T00:00:00Z',
  ssn: `${blockable.ssn}-0`,
  orders: [],
  preferences: { theme: 'dark' },
  tags: ['new'],
  unread: 0,
});

const newId = (chance: Chance): string => `o${chance.below(10_000)}`;
const newOrder = (chance: Chance): Order => ({
  id: newId(chance),
  status: 'open',
  total: chance.below(1_000) / 4,
  internal_notes: `${blockable.internal_notes}-${chance.below(99)}`,
  lines: Array.from({ length: chance.below(4) }, (_, line) => ({ sku: `s${line}`, quantity: 1 })),
});

type Change = (truth: Truth, chance: Chance) => void;

/** On a copy; a change that finds nothing to change changes nothing. */
const changes: readonly Change[] = [
  (truth, chance) => (truth.name = `Alice ${chance.below(5)}`),
  (truth, chance) => (truth.ssn = `${blockable.ssn}-${chance.below(9)}`),
  (truth, chance) => (truth.avatar_url = chance.pick([null, 'https://cdn.example/a.png'])),
  (truth, chance) => (truth.last_login = chance.pick([null, `2026-11-${10 + chance.below(9)}`])),
  (truth, chance) => (truth.unread = chance.below(4)),
  (truth, chance) => void truth.orders.unshift(newOrder(chance)),
  (truth, chance) => void truth.orders.splice(chance.below(truth.orders.length + 1), 0, newOrder(chance)),
  (truth, chance) => void truth.orders.splice(chance.below(truth.orders.length), 1),
  (truth, chance) => void truth.orders.splice(chance.below(truth.orders.length), chance.below(5)),
  (truth, chance) => (truth.orders = chance.shuffle(truth.orders)),
  (truth, chance) => void truth.orders.unshift(...truth.orders.splice(chance.below(truth.orders.length), 1)),
  (truth, chance) => truth.orders.forEach((order) => chance.percent(40) && (order.status = chance.pick(['open', 'paid', 'sent']))), // prettier-ignore
  (truth, chance) =>
    truth.orders.forEach((order) => (order.lines = chance.shuffle(order.lines).slice(chance.below(2)))),
  (truth, chance) =>
    truth.orders.forEach((order) => order.lines.forEach((line) => (line.quantity = 1 + chance.below(3)))),
  // Upstreams that do what they should not: an id twice, an id missing.
  (truth, chance) =>
    truth.orders.length > 1 && chance.percent(20) && (truth.orders[0]!.id = truth.orders[1]!.id),
  (truth, chance) => truth.orders[0] && chance.percent(20) && delete truth.orders[0].id,
  (truth, chance) => truth.orders.forEach((order) => (order.id ??= newId(chance))),
  (truth, chance) =>
    (truth.preferences[chance.pick(['theme', 'language', 'a/b~c'])] = chance.pick(['x', true, null])),
  (truth, chance) => Reflect.deleteProperty(truth.preferences, chance.pick(['theme', 'language', 'a/b~c'])),
  (truth, chance) => (truth.tags = chance.shuffle(['new', 'vip', 'late', 'new']).slice(chance.below(5))),
  (truth) => void Object.assign(truth, firstTruth()),
];

export function changed(truth: Truth, chance: Chance): Truth {
  const copy = structuredClone(truth);
  for (let count = chance.below(4); count > 0; count--) chance.pick(changes)(copy, chance);
  return copy;
}

/** The screen before policy: nulls of the user stripped, fallbacks for what is degraded. */
export function compose(truth: Truth, degraded: readonly Source[]): JsonObject {
  const { unread, ...rest } = truth;
  const view: Record<string, unknown> = { ...rest, unread_notifications: unread };
  for (const name of sources.user) if (view[name] === null) Reflect.deleteProperty(view, name);
  for (const source of degraded) {
    for (const name of sources[source]) Reflect.deleteProperty(view, name);
    Object.assign(view, fallbacks[source]);
  }
  return structuredClone(view) as JsonObject;
}

export function filtered(view: JsonObject, blocked: readonly Blockable[]): JsonObject {
  const { ssn, orders, ...rest } = view as unknown as { ssn?: string; orders: Order[] };
  const notes = ({ internal_notes, ...order }: Order) => (blocked.includes('internal_notes') ? order : { ...order, internal_notes }); // prettier-ignore
  return {
    ...rest,
    ...(ssn !== undefined && !blocked.includes('ssn') && { ssn }),
    orders: orders.map(notes),
  } as JsonObject;
}
