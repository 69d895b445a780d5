import type { Chance } from '@bff/testbed';
import type { JsonObject } from '../../src/index.ts';

interface Item {
  id?: string;
  status: string;
  total: number;
  internal_notes: string;
  lines: { sku: string; quantity: number }[];
}

/** The data of the upstreams, and how it changes. */
export interface Truth {
  title: string;
  note: string;
  image_url: string | null;
  changed_at: string | null;
  ssn: string;
  things: Item[];
  settings: Record<string, string | boolean | null>;
  tags: string[];
  count: number;
}

/** The view members of each source. */
export const sources = {
  thing: ['title', 'note', 'image_url', 'changed_at', 'ssn'],
  things: ['things'],
  settings: ['settings', 'tags'],
  count: ['things_count'],
} as const;
export type Source = keyof typeof sources;

/** Fallbacks of each source; some of them are also possible real values. */
const fallbacks: Readonly<Record<Source, JsonObject>> = {
  thing: { title: 'Untitled', note: '' },
  things: { things: [] },
  settings: { settings: {}, tags: [] },
  count: { things_count: 0 },
};

/** Values that a policy may block are marked, so that they are recognized wherever they appear. */
export const blockable = { ssn: 'SECRET-SSN', internal_notes: 'SECRET-NOTE' } as const;
export type Blockable = keyof typeof blockable;

export const firstTruth = (): Truth => ({
  title: 'First',
  note: 'a note of this thing',
  image_url: null,
  changed_at: '2026-11-22T00:00:00Z',
  ssn: `${blockable.ssn}-0`,
  things: [],
  settings: { theme: 'dark' },
  tags: ['new'],
  count: 0,
});

const newId = (chance: Chance): string => `o${chance.below(10_000)}`;
const newItem = (chance: Chance): Item => ({
  id: newId(chance),
  status: 'open',
  total: chance.below(1_000) / 4,
  internal_notes: `${blockable.internal_notes}-${chance.below(99)}`,
  lines: Array.from({ length: chance.below(4) }, (_, line) => ({ sku: `s${line}`, quantity: 1 })),
});

type Change = (truth: Truth, chance: Chance) => void;

/** Possible changes. Each receives a copy of the data; one that is not applicable changes nothing. */
const changes: readonly Change[] = [
  (truth, chance) => (truth.title = `First ${chance.below(5)}`),
  (truth, chance) => (truth.ssn = `${blockable.ssn}-${chance.below(9)}`),
  (truth, chance) => (truth.image_url = chance.pick([null, 'https://cdn.example/a.png'])),
  (truth, chance) => (truth.changed_at = chance.pick([null, `2026-11-${10 + chance.below(9)}`])),
  (truth, chance) => (truth.count = chance.below(4)),
  (truth, chance) => void truth.things.unshift(newItem(chance)),
  (truth, chance) => void truth.things.splice(chance.below(truth.things.length + 1), 0, newItem(chance)),
  (truth, chance) => void truth.things.splice(chance.below(truth.things.length), 1),
  (truth, chance) => void truth.things.splice(chance.below(truth.things.length), chance.below(5)),
  (truth, chance) => (truth.things = chance.shuffle(truth.things)),
  (truth, chance) => void truth.things.unshift(...truth.things.splice(chance.below(truth.things.length), 1)),
  (truth, chance) =>
    truth.things.forEach(
      (item) => chance.percent(40) && (item.status = chance.pick(['open', 'paid', 'sent'])),
    ),
  (truth, chance) =>
    truth.things.forEach((item) => (item.lines = chance.shuffle(item.lines).slice(chance.below(2)))),
  (truth, chance) =>
    truth.things.forEach((item) => item.lines.forEach((line) => (line.quantity = 1 + chance.below(3)))),
  // Misbehaving upstreams: a duplicate id, a missing id.
  (truth, chance) =>
    truth.things.length > 1 && chance.percent(20) && (truth.things[0]!.id = truth.things[1]!.id),
  (truth, chance) => truth.things[0] && chance.percent(20) && delete truth.things[0].id,
  (truth, chance) => truth.things.forEach((item) => (item.id ??= newId(chance))),
  (truth, chance) =>
    (truth.settings[chance.pick(['theme', 'language', 'a/b~c'])] = chance.pick(['x', true, null])),
  (truth, chance) => Reflect.deleteProperty(truth.settings, chance.pick(['theme', 'language', 'a/b~c'])),
  (truth, chance) => (truth.tags = chance.shuffle(['new', 'vip', 'late', 'new']).slice(chance.below(5))),
  (truth) => void Object.assign(truth, firstTruth()),
];

export function changed(truth: Truth, chance: Chance): Truth {
  const copy = structuredClone(truth);
  for (let count = chance.below(4); count > 0; count--) chance.pick(changes)(copy, chance);
  return copy;
}

/** Composes the screen before policy: without nulls of the thing, with fallbacks of degraded sources. */
export function compose(truth: Truth, degraded: readonly Source[]): JsonObject {
  const { count, ...rest } = truth;
  const view: Record<string, unknown> = { ...rest, things_count: count };
  for (const name of sources.thing) if (view[name] === null) Reflect.deleteProperty(view, name);
  for (const source of degraded) {
    for (const name of sources[source]) Reflect.deleteProperty(view, name);
    Object.assign(view, fallbacks[source]);
  }
  return structuredClone(view) as JsonObject;
}

export function filtered(view: JsonObject, blocked: readonly Blockable[]): JsonObject {
  const { ssn, things, ...rest } = view as unknown as { ssn?: string; things: Item[] };
  const notes = ({ internal_notes, ...item }: Item) =>
    blocked.includes('internal_notes') ? item : { ...item, internal_notes };
  return {
    ...rest,
    ...(ssn !== undefined && !blocked.includes('ssn') && { ssn }),
    things: things.map(notes),
  } as JsonObject;
}
